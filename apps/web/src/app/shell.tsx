/** What stays while pages come and go: navigation, top bar with the bell, the person who is signed in. */

import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { fetched } from '../api/chunk.ts'
import { NotificationBell, Notifications } from '../features/notifications/notifications.tsx'
import { TopBarSlot } from '../ui/page.tsx'
import { useShortcut } from '../ui/shortcut.ts'
import { BottomBar } from './bottom-bar.tsx'
import { useGoKeys } from './go-keys.ts'
import { openKeyHelp, useIsHelping } from './help.ts'
import { useIsSearching, useSearchKey } from './search.ts'
import { SearchButton } from './search-button.tsx'
import { Sidebar } from './sidebar.tsx'

const KeyHelp = lazy(async () => ({ default: (await fetched(() => import('./key-help.tsx'))).KeyHelp }))
const SearchDialog = lazy(async () => ({
  default: (await fetched(() => import('./search-dialog.tsx'))).SearchDialog,
}))

export function Shell() {
  useGoKeys()
  useShortcut('?', openKeyHelp)
  useSearchKey()
  const isHelping = useIsHelping()
  const isSearching = useIsSearching()
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  return (
    <Notifications>
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-sm font-medium text-on-accent focus-visible:translate-y-0"
      >
        Skip to content
      </a>
      <div className="sm:grid sm:min-h-dvh sm:grid-cols-[220px_minmax(0,1fr)]">
        <Sidebar />
        <div className="min-w-0 max-sm:pb-[calc(56px+env(safe-area-inset-bottom))]">
          <header className="sticky top-0 z-30 flex h-14 items-center gap-3 border-b border-line bg-surface px-4 sm:px-6">
            <div ref={setSlot} className="flex min-w-0 flex-1 items-center gap-3" />
            <SearchButton />
            <NotificationBell />
          </header>
          <main id="content" tabIndex={-1} className="outline-none">
            <TopBarSlot value={slot}>
              <Outlet />
            </TopBarSlot>
          </main>
        </div>
        <BottomBar />
      </div>
      <Suspense>{isHelping && <KeyHelp />}</Suspense>
      <Suspense>{isSearching && <SearchDialog />}</Suspense>
    </Notifications>
  )
}

/** The inbox: everything that ever concerned the signed-in person, and what they can decide about it on the spot. */
import type { InboxItem } from '@pms/protocol'
import { ConnectionStatus, DesktopQuestion, Inbox, type InboxView, useConnectionState } from '@pms/react'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { localPath } from '../../ui/local-path.ts'
import { PageHeading, TopBar } from '../../ui/page.tsx'
import { useDesktop, useOpen } from './notifications.tsx'
import { searchOf, viewOf } from './search.ts'
import type { Things } from './things.ts'
import { TYPES } from './types.ts'

const route = getRouteApi('/app/inbox')

interface Props {
  things: Things
  /** What is said of every notification, under it: why it came. */
  why: (item: InboxItem) => ReactNode
  /** Shows all keys. */
  onHelp: () => void
}

export function InboxPage({ things, why, onHelp }: Props) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const open = useOpen()
  const view = useMemo(() => viewOf(search), [search])
  const selected = search.id ?? null

  const show = useCallback(
    (next: InboxView) => void navigate({ search: searchOf(next), replace: true }),
    [navigate],
  )
  const reading = useRef(selected)
  const select = useCallback(
    (id: string | null, { alone }: { alone: boolean }) => {
      reading.current = id
      // On a phone it is a page of its own, which the way back leaves again.
      const replace = !alone || id === null
      void navigate({ search: ({ id: _, ...rest }) => (id ? { ...rest, id } : rest), replace })
    },
    [navigate],
  )
  /** Ticking that began here is an entry of the history: what was read when it began is what going back leads to. */
  const begun = useRef<{ over: string | null } | null>(null)
  const tick = useCallback(
    (ticking: boolean) => {
      if (!ticking && begun.current?.over === reading.current) return history.back()
      begun.current = ticking ? { over: reading.current } : null
      void navigate({
        search: ({ ticking: _, ...rest }) => (ticking ? { ...rest, ticking } : rest),
        replace: !ticking,
      })
    },
    [navigate],
  )
  useEffect(() => {
    reading.current = selected
    if (!search.ticking) begun.current = null
  }, [search.ticking, selected])
  const renderDetail = useCallback(
    (item: InboxItem) => (
      <>
        <Thing things={things} item={item} />
        {why(item)}
      </>
    ),
    [things, why],
  )
  const renderActions = useCallback(
    (item: InboxItem) => {
      const hasOwn = item.object !== null && item.object.type in things
      if (hasOwn || !localPath(item.action_url)) return null
      return (
        <Button className="mt-5" onClick={() => open(item)}>
          Open
        </Button>
      )
    },
    [things, open],
  )

  return (
    <>
      <TopBar>
        <PageHeading title="Inbox" className="text-xl" />
        <CutOff />
      </TopBar>
      <div className="h-[calc(100dvh-57px)] max-sm:h-[calc(100dvh-113px-env(safe-area-inset-bottom))]">
        <Inbox
          view={view}
          onViewChange={show}
          selected={selected}
          onSelect={select}
          ticking={search.ticking ?? false}
          onTicking={tick}
          types={TYPES}
          onOpen={open}
          onHelp={onHelp}
          notice={<DesktopQuestion control={useDesktop()} />}
          renderDetail={renderDetail}
          renderActions={renderActions}
        />
      </div>
    </>
  )
}

/** On a phone the bell leads here instead of opening a panel: what its dot means is said beside it. */
function CutOff() {
  const { status } = useConnectionState()
  if (status !== 'reconnecting' && status !== 'offline') return null
  return (
    <span className="ml-auto sm:hidden [&_.inbox-dot]:hidden">
      <ConnectionStatus />
    </span>
  )
}

function Thing({ things, item }: { things: Things; item: InboxItem }) {
  const Component = item.object ? things[item.object.type] : undefined
  if (!Component || !item.object) return null
  return (
    <Suspense>
      <Component key={item.object.id} id={item.object.id} item={item} />
    </Suspense>
  )
}

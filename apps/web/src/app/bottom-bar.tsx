/** Navigation on phones, within reach of a thumb. */
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { Inbox, Plus, Target } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMe } from '../api/browser-session.ts'
import { waitingCountQuery } from '../features/goals/queries.ts'
import { Avatar } from '../ui/avatar.tsx'
import { PersonMenu } from './person-menu.tsx'

const ITEM =
  'flex h-14 flex-col items-center justify-center gap-0.5 text-[11px] font-medium text-muted aria-[current=page]:text-accent-text focus-visible:-outline-offset-4'

/** The router marks a link as current only where this page does too. */
const EXACT = { exact: true } as const

export function BottomBar() {
  const me = useMe()
  const waiting = useQuery(waitingCountQuery).data ?? 0
  const { pathname, search } = useLocation()
  const onWaiting = pathname === '/goals' && search.scope === 'waiting'
  const onNew = pathname === '/goals/new' || pathname === '/goals/assign'
  const current = (here: boolean) => (here ? ('page' as const) : undefined)
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 grid grid-cols-4 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <Link
        to="/goals"
        search={{}}
        activeOptions={EXACT}
        className={ITEM}
        aria-current={current(pathname.startsWith('/goals') && !onWaiting && !onNew)}
      >
        <Target aria-hidden="true" className="size-5" />
        Goals
      </Link>
      <Link
        to="/goals"
        search={{ scope: 'waiting' }}
        activeOptions={EXACT}
        className={ITEM}
        aria-current={current(onWaiting)}
      >
        <Badged count={waiting}>
          <Inbox aria-hidden="true" className="size-5" />
        </Badged>
        Waiting
      </Link>
      <Link to="/goals/new" activeOptions={EXACT} className={ITEM} aria-current={current(onNew)}>
        <Plus aria-hidden="true" className="size-5" />
        New
      </Link>
      <PersonMenu
        side="top"
        trigger={
          <button type="button" className={ITEM}>
            <Avatar name={me.name} size="sm" />
            You
          </button>
        }
      />
    </nav>
  )
}

const Badged = ({ count, children }: { count: number; children: ReactNode }) => (
  <span className="relative">
    {children}
    {count > 0 && (
      <span className="absolute -top-1.5 left-3 min-w-4 rounded-full bg-accent px-1 text-center text-[10px] leading-4 text-on-accent tabular-nums">
        {count > 99 ? '99+' : count}
      </span>
    )}
  </span>
)

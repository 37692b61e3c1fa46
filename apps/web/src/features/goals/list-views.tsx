/** The views of the goals list: whose goals, each a link of its own. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { cx } from '../../ui/cx.ts'
import type { Scope } from './filters.ts'
import { waitingCountQuery } from './queries.ts'

const LABELS: Record<Scope, string> = {
  mine: 'Mine',
  team: 'Team',
  organisation: 'Organisation',
  waiting: 'Waiting on me',
}

export function ListViews({ current }: { current: Scope }) {
  const me = useMe()
  const waiting = useQuery(waitingCountQuery).data ?? 0
  const scopes: Scope[] = ['mine', ...(me.has_team ? (['team'] as const) : []), 'organisation', 'waiting']
  return (
    <nav aria-label="Goal lists" className="-mb-px flex gap-5 overflow-x-auto [scrollbar-width:none]">
      {scopes.map(scope => (
        <Link
          key={scope}
          to="/goals"
          search={scope === 'mine' ? {} : { scope }}
          // Filters do not change which list it is: only what is marked here is current.
          activeOptions={{ exact: true }}
          aria-current={scope === current ? 'page' : undefined}
          className={cx(
            'relative flex h-11 shrink-0 items-center gap-1.5 border-b-2 after:absolute after:-inset-x-2 after:inset-y-0 text-sm font-medium transition-colors focus-visible:-outline-offset-2',
            scope === current ? 'border-ink text-ink' : 'border-transparent text-muted hover:text-ink',
          )}
        >
          {LABELS[scope]}
          {scope === 'waiting' && waiting > 0 && (
            <span className="rounded-full bg-accent-soft px-1.5 text-xs font-medium text-accent-text tabular-nums">
              {waiting}
            </span>
          )}
        </Link>
      ))}
    </nav>
  )
}

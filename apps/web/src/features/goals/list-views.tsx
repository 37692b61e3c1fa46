/** The views of the goals list: whose goals. */
import { useQuery } from '@tanstack/react-query'
import { useMe } from '../../api/browser-session.ts'
import { Tabs } from '../../ui/tabs.tsx'
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
    <Tabs
      label="Goal lists"
      tabs={scopes.map(scope => ({
        to: '/goals',
        search: scope === 'mine' ? {} : { scope },
        label: LABELS[scope],
        current: scope === current,
        count: scope === 'waiting' ? waiting : 0,
      }))}
    />
  )
}

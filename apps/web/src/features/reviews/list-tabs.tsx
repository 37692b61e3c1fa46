/** The lists of reviews, and the cycles they belong to. */
import { useQuery } from '@tanstack/react-query'
import { useMe } from '../../api/browser-session.ts'
import { Tabs } from '../../ui/tabs.tsx'
import type { Scope } from './filters.ts'
import { toWriteCountQuery } from './queries.ts'

const LABELS: Record<Scope, string> = { mine: 'To write', about_me: 'About me', team: 'Team' }

export function ListTabs({ current }: { current: Scope | 'cycles' }) {
  const me = useMe()
  const count = useQuery(toWriteCountQuery).data ?? 0
  const scopes: Scope[] = ['mine', 'about_me', ...(me.has_team ? (['team'] as const) : [])]
  return (
    <Tabs
      label="Review lists"
      tabs={[
        ...scopes.map(scope => ({
          to: '/reviews' as const,
          search: scope === 'mine' ? {} : { scope },
          label: LABELS[scope],
          current: scope === current,
          count: scope === 'mine' ? count : 0,
        })),
        { to: '/reviews/cycles' as const, search: {}, label: 'Cycles', current: current === 'cycles' },
      ]}
    />
  )
}

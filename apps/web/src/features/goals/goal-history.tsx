/** What happened to a goal. */
import type { GoalDetail } from '@pms/contract'
import { useMe } from '../../api/browser-session.ts'
import { History } from '../../ui/history.tsx'
import { NameFor } from '../../ui/names.ts'
import { deedOf } from './words.ts'

export function GoalHistory({ goal, loading }: { goal: GoalDetail; loading: boolean }) {
  const me = useMe()
  const entries = goal.history.map(event => ({
    id: event.id,
    actor: event.actor,
    who: NameFor(event.actor, me.id),
    deed: deedOf(event, goal.owner, me.id),
    note: event.note,
    at: event.created_at,
  }))
  return <History entries={entries} loading={loading} />
}

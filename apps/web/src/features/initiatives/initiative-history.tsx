/** What happened to an initiative. */
import type { InitiativeDetail } from '@pms/contract'
import { useMe } from '../../api/browser-session.ts'
import { History } from '../../ui/history.tsx'
import { NameFor } from '../../ui/names.ts'
import { deedOf, noteOf } from './words.ts'

interface Props {
  initiative: InitiativeDetail
  today: string
  loading: boolean
}

export function InitiativeHistory({ initiative, today, loading }: Props) {
  const me = useMe()
  const entries = initiative.history.map(event => ({
    id: event.id,
    actor: event.actor,
    who: event.actor ? NameFor(event.actor, me.id) : 'The due date',
    deed: deedOf(event, today),
    note: noteOf(event),
    at: event.created_at,
  }))
  return <History entries={entries} loading={loading} />
}

/** What was done to an account, for whoever may read it. */
import type { AuditEntry } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { useMe } from '../../api/browser-session.ts'
import { History } from '../../ui/history.tsx'
import { listed } from '../../ui/words.ts'
import { accountHistoryQuery } from './queries.ts'
import { ROLE_LABELS, STATUS_LABELS } from './words.ts'

export function AccountHistory({ personId }: { personId: string }) {
  const me = useMe()
  const { data } = useQuery(accountHistoryQuery(personId))
  const entries = (data?.items ?? []).toReversed().map(entry => ({
    id: entry.id,
    actor: entry.actor.id ? entry.actor : null,
    who: entry.actor.id === me.id ? 'You' : entry.actor.id ? entry.actor.name : 'The system',
    deed: deedOf(entry),
    note: null,
    at: entry.at,
  }))
  return <History entries={entries} loading={!data} />
}

const FIELDS: Readonly<Record<string, string>> = {
  name: 'the name',
  email: 'the email address',
  job_title: 'the job title',
  unit_id: 'the unit',
  supervisor_id: 'the supervisor',
}

function deedOf({ action, detail }: AuditEntry): string {
  switch (action) {
    case 'user.created':
      return 'added this person'
    case 'user.edited':
      return `changed ${listed(Object.keys((detail.changed ?? {}) as object).map(name => FIELDS[name] ?? name))}`
    case 'user.status_changed':
      return `changed the status${change(detail, STATUS_LABELS)}`
    case 'user.role_changed':
      return `changed the role${change(detail, ROLE_LABELS)}`
    case 'user.onboarding_renewed':
      return 'made a link to set a password'
    case 'user.data_exported':
      return 'took away all that is held of this person'
    case 'user.erased':
      return 'erased this person'
    case 'user.onboarded':
      return 'set a password'
    case 'user.password_reset':
    case 'user.password_changed':
      return 'set another password'
    default:
      return action.replace(/^[a-z]+\./, '').replaceAll('_', ' ')
  }
}

/** " from Active to On leave", as far as it is known. */
function change({ from, to }: AuditEntry['detail'], labels: Readonly<Record<string, string>>): string {
  const word = (value: unknown) => labels[String(value)]
  return word(from) && word(to) ? ` from ${word(from)} to ${word(to)}` : ''
}

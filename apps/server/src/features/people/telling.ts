/** Who hears that something about people changed. Only the id is told: what they may see of it is decided when they look. */
import { resourceChanged, resourceChangedForAll } from '@pms/notifier'
import type { Tx } from '../../database.ts'
import { aboveIds, holdersOf } from './reporting-lines.ts'

type Ids = readonly (string | null | undefined)[]

const known = (ids: Ids): string[] => ids.filter(id => id !== null && id !== undefined)

/** What an account says of a person: everybody looks it up, those whom it concerns hear of it first. */
export function tellOfPerson(tx: Tx, id: string, first: Ids): void {
  resourceChangedForAll(tx, 'user', id, known([id, ...first]))
}

/** What only those see of an account who keep it. */
export async function tellOfAccount(tx: Tx, id: string, first: Ids): Promise<void> {
  resourceChanged(tx, 'user', id, [...known([id, ...first]), ...(await holdersOf(tx.db, 'users.manage'))])
}

/** Somebody came into the teams of these supervisors and of all above them, or left them. */
export async function tellOfTeams(tx: Tx, id: string, supervisorIds: Ids): Promise<void> {
  const supervisors = known(supervisorIds)
  if (supervisors.length === 0) return
  resourceChanged(tx, 'team', id, [...supervisors, ...(await aboveIds(tx.db, supervisors))])
}

interface Absence {
  id: string
  user_id: string
  delegate_id: string
}

/**
 * Somebody will be away, or will not.
 * @param isNow it begins or ends now: everybody sees who is away, and the delegate whose work they decide about
 */
export async function tellOfAbsence(
  tx: Tx,
  { id, user_id, delegate_id }: Absence,
  isNow: boolean,
  also: Ids = [],
): Promise<void> {
  const keepers = await holdersOf(tx.db, 'users.manage')
  const first = known([user_id, delegate_id, ...also])
  resourceChanged(tx, 'delegation', id, [...first, ...keepers])
  if (!isNow) return
  tellOfPerson(tx, user_id, first)
  resourceChanged(tx, 'team', user_id, [delegate_id])
}

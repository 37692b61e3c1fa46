/** Changing what an account is: the step that setting a status and letting somebody go have in common. */
import type { UserStatus } from '@pms/contract'
import { type Actor, notify } from '@pms/notifier'
import { recordAudit } from '../../../audit/record.ts'
import type { Caller } from '../../../auth/caller.ts'
import { maySignIn, shutOut } from '../../../auth/sessions.ts'
import type { Tx } from '../../../database.ts'
import { ownStatusChanged, reportStatusChanged } from '../notifications.ts'
import type { UserTable } from '../tables.ts'
import { tellOfPerson, tellOfTeams } from '../telling.ts'
import { STATUS_WORDS } from '../words.ts'

/** Writes it, tells the user and the supervisor, and ends sessions and sockets of whoever may not sign in. */
export async function changeStatus(
  tx: Tx,
  caller: Caller,
  person: UserTable,
  status: UserStatus,
  detail: object = {},
): Promise<void> {
  const { id } = person
  await tx.db.updateTable('users').set({ status, updated_at: tx.now }).where('id', '=', id).execute()
  await recordAudit(tx, {
    actor: caller,
    action: 'user.status_changed',
    object: { type: 'user', id },
    detail: { from: person.status, to: status, ...detail },
  })
  const words = { from: STATUS_WORDS[person.status], to: STATUS_WORDS[status] }
  notify(tx, ownStatusChanged, { to: id, ...about(caller, id), words })
  notify(tx, reportStatusChanged, {
    to: person.supervisor_id ?? [],
    ...about(caller, id),
    words: { name: person.name, ...words },
  })
  tellOfPerson(tx, id, [caller.id, person.supervisor_id])
  const standIns = await tx.db
    .selectFrom('delegations')
    .select('delegate_id')
    .where('user_id', '=', id)
    .where('followed', '=', 'running')
    .execute()
  for (const { delegate_id } of standIns) await tellOfTeams(tx, id, [delegate_id])
  if (!maySignIn(status)) await shutOut(tx, id)
}

/** What every notification about an account says of it. */
export function about(actor: Actor, userId: string) {
  return { actor, data: { user_id: userId }, object: { type: 'user', id: userId } }
}

/**
 * Erasing a person who left: at once who they are and everything that is only theirs. What names them elsewhere goes in
 * the background (`erasure-job.ts`). What the organisation keeps stays, as a former colleague's.
 */
import { recordAudit } from '../../../audit/record.ts'
import type { Caller } from '../../../auth/caller.ts'
import { withdrawOnboardingLink } from '../../../auth/onboarding.ts'
import type { AppDatabase, Tx } from '../../../database.ts'
import { unprocessable } from '../../../http/errors.ts'
import { openAccount } from '../accounts.ts'
import { normalEmail } from '../queries.ts'
import type { UserTable } from '../tables.ts'
import { tellOfPerson } from '../telling.ts'

/** What stands instead of the name of somebody who was erased. */
export const FORMER = 'Former colleague'

export function eraser(database: AppDatabase, carryOn: () => void) {
  /** @param email theirs, typed by whoever means it: this cannot be taken back */
  return (caller: Caller, id: string, { email }: { email: string }): Promise<void> =>
    database.transaction(async tx => {
      const person = await openAccount(tx, caller, id, 'erase')
      if (normalEmail(email) !== person.email)
        throw unprocessable('email', `This is not the address of ${person.name}`)
      const known = await knownAs(tx, person)
      await tx.db
        .insertInto('erasures')
        .values({
          user_id: id,
          names: JSON.stringify(known.names),
          emails: JSON.stringify(known.emails),
          through: '',
        })
        .execute()
      await tx.db
        .updateTable('users')
        .set({
          name: FORMER,
          email: `${id}@erased.invalid`,
          job_title: '',
          unit_id: null,
          supervisor_id: null,
          role: 'staff',
          password_hash: null,
          updated_at: tx.now,
          erased_at: tx.now,
        })
        .where('id', '=', id)
        .execute()
      await removeOwn(tx, id)
      await recordAudit(tx, { actor: caller, action: 'user.erased', object: { type: 'user', id } })
      tellOfPerson(tx, id, [caller.id])
      tx.afterCommit(carryOn)
    })
}

/** What is nobody's but theirs, and little. */
async function removeOwn(tx: Tx, id: string): Promise<void> {
  await withdrawOnboardingLink(tx, id)
  for (const table of ['ws_tickets', 'sessions', 'notification_preferences', 'muted_things'] as const)
    await tx.db.deleteFrom(table).where('user_id', '=', id).execute()
  await tx.db
    .deleteFrom('delegations')
    .where(({ eb, or }) => or([eb('user_id', '=', id), eb('delegate_id', '=', id)]))
    .execute()
}

/** What they are called now, and were called before. */
async function knownAs(tx: Tx, { id, name, email }: UserTable) {
  const names = new Set([name])
  const emails = new Set([email])
  const edits = await tx.db
    .selectFrom('audit')
    .select('detail')
    .where('object_type', '=', 'user')
    .where('object_id', '=', id)
    .where('action', '=', 'user.edited')
    .execute()
  for (const { detail } of edits) {
    const { changed = {} } = JSON.parse(detail) as { changed?: Record<string, { from: string }> }
    if (changed.name) names.add(changed.name.from)
    if (changed.email) emails.add(changed.email.from)
  }
  return { names: [...names], emails: [...emails] }
}

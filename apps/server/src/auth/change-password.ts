/** Changing one's own password: by whoever knows it, and nobody else who happens to hold a token. */
import type { ChangePasswordBody } from '@pms/contract'
import { recordAudit } from '../audit/record.ts'
import { unprocessable } from '../http/errors.ts'
import type { AuthOptions } from './auth.ts'
import type { Caller } from './caller.ts'
import { withdrawOnboardingLink } from './onboarding.ts'
import { assertGoodPassword } from './password-rules.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { endOtherSessions } from './sessions-list.ts'

/**
 * Sets another password and ends all other sessions of the caller: whoever learnt the old one is out.
 * @throws 422 when the current one is wrong, or the new one no good; 429 after a few guesses
 */
export async function changePassword(
  { database, attempts, directory }: Pick<AuthOptions, 'database' | 'attempts' | 'directory'>,
  caller: Caller,
  body: ChangePasswordBody,
): Promise<void> {
  const wentWell = await attempts.beginChange(caller.id)
  const person = await database.db
    .selectFrom('users')
    .where('id', '=', caller.id)
    .select(['name', 'email', 'password_hash'])
    .executeTakeFirstOrThrow()
  if (!(await verifyPassword(body.current_password, person.password_hash))) throw wrongPassword()
  await wentWell()
  assertGoodPassword(body.password, person)
  if (body.password === body.current_password)
    throw unprocessable('password', 'password must be another one than the current password')
  const password_hash = await hashPassword(body.password)
  await database.transaction(async tx => {
    const { numUpdatedRows } = await tx.db
      .updateTable('users')
      .set({ password_hash, updated_at: tx.now })
      .where('id', '=', caller.id)
      // Changed from two places at once: the second no longer knows the current one.
      .where('password_hash', '=', person.password_hash)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows !== 1n) throw wrongPassword()
    await withdrawOnboardingLink(tx, caller.id)
    await recordAudit(tx, {
      actor: caller,
      action: 'user.password_changed',
      object: { type: 'user', id: caller.id },
    })
    await endOtherSessions(tx, caller)
    await directory.tellOfAccount(tx, caller.id)
  })
}

const wrongPassword = () => unprocessable('current_password', 'This is not your current password')

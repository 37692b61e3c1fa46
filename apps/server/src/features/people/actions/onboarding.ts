/** Letting somebody set a password by a link. */
import type { OnboardingLink } from '@pms/contract'
import type { Actor } from '@pms/notifier'
import { recordAudit } from '../../../audit/record.ts'
import { issueOnboardingLink } from '../../../auth/onboarding.ts'
import type { Tx } from '../../../database.ts'
import { tellOfAccount } from '../telling.ts'

/**
 * Another link to set a password, the first or one in place of what was forgotten; the one before is good no more.
 * @param actor null: from the command line
 */
export async function renewLink(tx: Tx, actor: Actor | null, id: string): Promise<OnboardingLink> {
  await recordAudit(tx, { actor, action: 'user.onboarding_renewed', object: { type: 'user', id } })
  await tellOfAccount(tx, id, actor ? [actor.id] : [])
  return issueOnboardingLink(tx, id)
}

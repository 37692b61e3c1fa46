/**
 * Onboarding links: how somebody who was added sets their first password, and whoever forgot theirs another one. Good
 * once, for some days, and only the newest one. What is kept of a link opens nothing.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { OnboardingLink } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { Tables, Tx } from '../database.ts'

const LINK_DAYS = 7
const TOKEN_BYTES = 32
const DAY_MS = 24 * 60 * 60 * 1000

/** A link for this person; any that they had before is good no more. */
export async function issueOnboardingLink(tx: Tx, userId: string): Promise<OnboardingLink> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const expires_at = new Date(Date.parse(tx.now) + LINK_DAYS * DAY_MS).toISOString()
  await withdrawOnboardingLink(tx, userId)
  await tx.db
    .insertInto('onboarding_links')
    .values({ hash: hashOf(token), user_id: userId, expires_at })
    .execute()
  return { path: `/welcome?token=${token}`, expires_at }
}

export async function withdrawOnboardingLink(tx: Tx, userId: string): Promise<void> {
  await tx.db.deleteFrom('onboarding_links').where('user_id', '=', userId).execute()
}

/** Whose link it is; undefined when it is none, was used, or came too late. */
export function findOnboarding(db: Kysely<Tables>, token: string, now: string) {
  return db
    .selectFrom('onboarding_links')
    .innerJoin('users', 'users.id', 'onboarding_links.user_id')
    .where('onboarding_links.hash', '=', hashOf(token))
    .where('onboarding_links.expires_at', '>', now)
    .select([
      'users.id',
      'users.name',
      'users.email',
      'users.status',
      'users.password_hash',
      'onboarding_links.expires_at',
    ])
    .executeTakeFirst()
}

/** Uses a link up: of two who hold it, one does. */
export async function redeemOnboarding(tx: Tx, token: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('onboarding_links')
    .where('hash', '=', hashOf(token))
    .where('expires_at', '>', tx.now)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Sessions from sign-in to sign-out. Which refresh token is good, and what a second use of one means. */
import { randomUUID } from 'node:crypto'
import type { UserStatus } from '@pms/contract'
import { type Actor, resourceChanged, revoke } from '@pms/notifier'
import { prepared } from '@pms/notifier/database'
import type { Kysely } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import type { Tables, Tx } from '../database.ts'
import type { RefreshToken } from './refresh-tokens.ts'

export const SESSION_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000

/** So long a refresh token that was used up still yields its successor: two tabs, or an answer that got lost. */
const REUSE_GRACE_MS = 30_000

const MAX_USER_AGENT = 200

/** @param lifetimeMs how long it lasts; each refresh makes it last for `SESSION_DAYS` more */
export async function startSession(
  tx: Tx,
  user: Actor,
  { userAgent, lifetimeMs = SESSION_DAYS * DAY_MS }: { userAgent: string | null; lifetimeMs?: number },
): Promise<string> {
  // Nothing refers to a session that has ended, so those of this person make room.
  await tx.db
    .deleteFrom('sessions')
    .where('user_id', '=', user.id)
    .where('expires_at', '<=', tx.now)
    .execute()
  const id = randomUUID()
  await tx.db
    .insertInto('sessions')
    .values({
      id,
      user_id: user.id,
      generation: 1,
      rotated_at: tx.now,
      user_agent: userAgent?.slice(0, MAX_USER_AGENT) ?? null,
      created_at: tx.now,
      last_used_at: tx.now,
      expires_at: later(tx.now, lifetimeMs),
      revoked_at: null,
    })
    .execute()
  await recordAudit(tx, { actor: user, action: 'session.started', object: { type: 'session', id } })
  return id
}

/** A session that has not ended, with whose it is. */
export async function findSession(db: Kysely<Tables>, id: string, now: string) {
  const [session] = await findGoodSession(db, { id, now })
  return session
}

const findGoodSession = prepared((db: Kysely<Tables>, { id, now }: { id: string; now: string }) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .where('sessions.id', '=', id)
    .where('sessions.revoked_at', 'is', null)
    .where('sessions.expires_at', '>', now)
    .select([
      'sessions.id as session_id',
      'sessions.generation',
      'sessions.rotated_at',
      'users.id',
      'users.name',
      'users.email',
      'users.role',
      'users.status',
    ]),
)

export type Refreshed =
  | { outcome: 'refreshed'; userId: string; token: RefreshToken }
  | { outcome: 'not_active'; status: UserStatus }
  /** Ended, or never was. */
  | { outcome: 'ended' }
  /** The token was used before: somebody has a copy, so nobody's is good any more. */
  | { outcome: 'stolen'; userId: string }

/** Trades a genuine refresh token for its successor. */
export async function refreshSession(tx: Tx, token: RefreshToken): Promise<Refreshed> {
  const session = await findSession(tx.db, token.sessionId, tx.now)
  if (!session) return { outcome: 'ended' }
  if (!maySignIn(session.status)) return { outcome: 'not_active', status: session.status }

  const successor = { sessionId: token.sessionId, generation: token.generation + 1 }
  const refreshed: Refreshed = { outcome: 'refreshed', userId: session.id, token: successor }
  if (await rotate(tx, token)) return refreshed

  // Somebody else was first, perhaps only just now.
  const current = await findSession(tx.db, token.sessionId, tx.now)
  if (!current) return { outcome: 'ended' }
  const age = Date.parse(tx.now) - Date.parse(current.rotated_at)
  if (current.generation === successor.generation && age <= REUSE_GRACE_MS) return refreshed

  await endSession(tx, token.sessionId, session, 'session.stolen')
  return { outcome: 'stolen', userId: session.id }
}

/** Uses the token up, if it is the one that is good now. */
async function rotate(tx: Tx, { sessionId, generation }: RefreshToken): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('sessions')
    .set({
      generation: generation + 1,
      rotated_at: tx.now,
      last_used_at: tx.now,
      expires_at: later(tx.now, SESSION_DAYS * DAY_MS),
    })
    .where('id', '=', sessionId)
    .where('generation', '=', generation)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Ends a session for good. Its tokens open nothing from now on, and its sockets end. */
export async function endSession(
  tx: Tx,
  id: string,
  user: Actor,
  action: 'session.ended' | 'session.stolen',
): Promise<void> {
  await tx.db.updateTable('sessions').set({ revoked_at: tx.now }).where('id', '=', id).execute()
  revoke(tx, user.id, id, 'unauthenticated')
  await recordAudit(tx, { actor: user, action, object: { type: 'session', id } })
  resourceChanged(tx, 'session', id, [user.id])
}

/** Ends all sessions of somebody who may not sign in any more. */
export async function shutOut(tx: Tx, userId: string): Promise<void> {
  await tx.db
    .updateTable('sessions')
    .set({ revoked_at: tx.now })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .execute()
  revoke(tx, userId, null, 'forbidden')
}

/** Whoever is on leave may still look in; whoever is suspended or archived may not. */
export function maySignIn(status: UserStatus): boolean {
  return status === 'active' || status === 'on_leave'
}

function later(now: string, ms: number): string {
  return new Date(Date.parse(now) + ms).toISOString()
}

/**
 * Tickets: for clients that can open a socket but send no header and should put no token in a URL. Good once, for a
 * short while, and only as long as the sign-in they were given to.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { AppDatabase } from '../database.ts'
import type { AccessClaims } from './access-tokens.ts'

export const TICKET_SECONDS = 30

const TICKET_BYTES = 32

export async function issueTicket(database: AppDatabase, claims: AccessClaims): Promise<string> {
  const ticket = randomBytes(TICKET_BYTES).toString('base64url')
  await database.transaction(async tx => {
    // Nobody comes back for those that nobody used.
    await tx.db.deleteFrom('ws_tickets').where('expires_at', '<=', tx.now).execute()
    await tx.db
      .insertInto('ws_tickets')
      .values({
        hash: hashOf(ticket),
        user_id: claims.userId,
        session_id: claims.sessionId,
        access_until: claims.expiresAt,
        expires_at: new Date(Date.parse(tx.now) + TICKET_SECONDS * 1_000).toISOString(),
      })
      .execute()
  })
  return ticket
}

/** Takes a ticket for good; undefined when it is none, was used, or came too late. */
export async function redeemTicket(database: AppDatabase, ticket: string): Promise<AccessClaims | undefined> {
  const row = await database.transaction(tx =>
    tx.db
      .deleteFrom('ws_tickets')
      .where('hash', '=', hashOf(ticket))
      .where('expires_at', '>', tx.now)
      .returningAll()
      .executeTakeFirst(),
  )
  return row && { userId: row.user_id, sessionId: row.session_id, expiresAt: row.access_until }
}

function hashOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64url')
}

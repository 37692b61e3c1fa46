/**
 * Somebody to look through the front door as: an administrator, by a session of a minute that nobody is told of and
 * that leaves no trace.
 */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createAccessTokens } from '../../auth/access-tokens.ts'
import { loadSecret, secretFile } from '../../auth/secret.ts'
import type { Config } from '../../config.ts'
import { openAppDatabase } from '../../database.ts'

const SECONDS = 60

export interface Visitor {
  token: string
  /** Of the database that the environment names. */
  epoch: string
}

/** @returns what `work` returns; it is given null where there is no secret, or no administrator may sign in */
export async function asVisitor<R>(
  config: Config,
  work: (visitor: Visitor | null) => Promise<R>,
): Promise<R> {
  const { db, close } = await openAppDatabase(config)
  const id = randomUUID()
  try {
    const user = await db
      .selectFrom('users')
      .select('id')
      .where('role', 'in', ['super_admin', 'admin'])
      .where('status', '=', 'active')
      .orderBy('id')
      .executeTakeFirst()
    // Whoever only looks makes no secret.
    if (!user || (config.jwtSecret === null && !existsSync(secretFile(config.dataDir))))
      return await work(null)
    const now = new Date().toISOString()
    const expires_at = new Date(Date.now() + SECONDS * 1_000).toISOString()
    const times = { created_at: now, last_used_at: now, rotated_at: now, expires_at, revoked_at: null }
    await db
      .insertInto('sessions')
      .values({ id, user_id: user.id, generation: 1, user_agent: 'doctor', ...times })
      .execute()
    const { epoch } = await db.selectFrom('installation').select('epoch').executeTakeFirstOrThrow()
    const tokens = createAccessTokens(loadSecret(config.jwtSecret, config.dataDir), () => new Date())
    return await work({ token: await tokens.sign(user.id, id, SECONDS), epoch })
  } finally {
    await db.deleteFrom('sessions').where('id', '=', id).execute()
    await close()
  }
}

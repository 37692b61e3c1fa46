/** For whoever watches over the server, or sends people to it. Open to all, and tells nothing else. */
import type { Bus } from '@pms/notifier'
import type { Kysely } from 'kysely'
import type { Tables } from '../database.ts'
import type { Http } from './server.ts'

export interface HealthOptions {
  db: Kysely<Tables>
  bus: Pick<Bus, 'isConnected'>
  /** It is about to stop: nobody is to be sent here any more. */
  isDraining(): boolean
}

/** A database that answers later than this does not answer. */
const PATIENCE_MS = 2_000

export function healthRoutes(http: Http, { db, bus, isDraining }: HealthOptions): void {
  /** Under way, so that many who ask a database that stands still are one question. */
  let asking: Promise<boolean> | null = null

  async function answers(): Promise<boolean> {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(new Error(`No answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)
    const answer = db.selectFrom('installation').select('id').executeTakeFirstOrThrow()
    try {
      await Promise.race([answer, late.promise])
      return true
    } catch (error) {
      http.log.error({ err: error }, 'the database does not answer')
      return false
    } finally {
      clearTimeout(timer)
    }
  }

  function isDatabaseThere(): Promise<boolean> {
    asking ??= answers().finally(() => {
      asking = null
    })
    return asking
  }

  /** The process is alive. */
  http.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))

  /**
   * It can do its work, and is to be given some. Its tables are up to date: it does not listen before. Without the bus
   * it goes on, and what others do is brought by the comparison of versions.
   */
  http.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const database = (await isDatabaseThere()) ? 'ok' : 'unavailable'
    const parts = { database, bus: bus.isConnected ? 'ok' : 'unavailable', draining: isDraining() }
    reply.header('cache-control', 'no-store')
    if (database !== 'ok' || parts.draining) return reply.code(503).send({ status: 'unavailable', ...parts })
    return { status: parts.bus === 'ok' ? 'ok' : 'degraded', ...parts }
  })
}

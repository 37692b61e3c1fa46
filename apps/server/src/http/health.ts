/** For whoever watches over the server. Both answers are open to all and tell nothing else. */
import type { Kysely } from 'kysely'
import type { Tables } from '../database.ts'
import type { Http } from './server.ts'

export function healthRoutes(http: Http, db: Kysely<Tables>): void {
  /** The process is alive. */
  http.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))

  /** It can do its work: the database answers. */
  http.get('/readyz', { schema: { hide: true } }, async (request, reply) => {
    try {
      await db.selectFrom('installation').select('id').executeTakeFirstOrThrow()
      return { status: 'ok' }
    } catch (error) {
      request.log.error({ err: error }, 'the database does not answer')
      return reply.code(503).send({ status: 'unavailable' })
    }
  })
}

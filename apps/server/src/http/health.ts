/** For whoever watches over the server, or sends people to it. Open to all, and tells nothing else. */
import { statfs } from 'node:fs/promises'
import type { Bus } from '@pms/notifier'
import type { AppDatabase } from '../database.ts'
import type { Http } from './server.ts'

export interface HealthOptions {
  database: Pick<AppDatabase, 'db' | 'about'>
  bus: Pick<Bus, 'isConnected'>
  /** It is about to stop: nobody is to be sent here any more. */
  isDraining(): boolean
  /** What is written into. */
  folders: readonly string[]
  /** Bytes that are free in a folder. */
  free?: (folder: string) => Promise<number>
}

/** A database that answers later than this does not answer. */
const PATIENCE_MS = 2_000

/** With less it is a matter of hours. */
const LEAST_SPACE = 256 * 1_048_576

async function freeIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** `read_only`: it answers, and takes no change. */
type Answer = 'ok' | 'read_only' | 'unavailable'

export function healthRoutes(http: Http, options: HealthOptions): void {
  const { database, bus, isDraining, folders, free = freeIn } = options
  /** Under way, so that many who ask a database that stands still are one question. */
  let asking: Promise<Answer> | null = null

  async function ask(): Promise<Answer> {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(new Error(`No answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)
    const answer = Promise.all([
      database.about.takesWrites(),
      database.db.selectFrom('installation').select('id').executeTakeFirstOrThrow(),
    ])
    try {
      const [takesWrites] = await Promise.race([answer, late.promise])
      return takesWrites ? 'ok' : 'read_only'
    } catch (error) {
      http.log.error({ err: error }, 'the database does not answer')
      return 'unavailable'
    } finally {
      clearTimeout(timer)
    }
  }

  function databaseAnswer(): Promise<Answer> {
    asking ??= ask().finally(() => {
      asking = null
    })
    return asking
  }

  /** A folder that is not there yet is made by who first writes into it. */
  async function hasRoom(): Promise<boolean> {
    const room = await Promise.all(folders.map(folder => free(folder).catch(() => Number.POSITIVE_INFINITY)))
    return Math.min(...room) >= LEAST_SPACE
  }

  /** The process is alive. */
  http.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))

  /**
   * It can do its work, and is to be given some. Its tables are up to date: it does not listen before. Without the bus
   * it goes on, and what others do is brought by the comparison of versions. So it does with little room on the disk:
   * to send nobody here any more would help nobody.
   */
  http.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const [answer, room] = await Promise.all([databaseAnswer(), hasRoom()])
    const parts = {
      database: answer,
      bus: bus.isConnected ? 'ok' : 'unavailable',
      disk: room ? 'ok' : 'low',
      draining: isDraining(),
    }
    reply.header('cache-control', 'no-store')
    if (answer !== 'ok' || parts.draining) return reply.code(503).send({ status: 'unavailable', ...parts })
    return { status: parts.bus === 'ok' && room ? 'ok' : 'degraded', ...parts }
  })
}

/**
 * Several servers behind a real nginx with the configuration that is shipped, on one PostgreSQL and one Redis, and the
 * people they serve; each of them can be killed, stopped, held, or cut off from Redis alone.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { createWorkplace } from '../../../apps/server/test/programs.ts'
import { startNginx } from '../../services/nginx.ts'
import { freshDatabase, startPostgres } from '../../services/postgres.ts'
import { freePort } from '../../services/program.ts'
import { startRedis } from '../../services/redis.ts'
import { hire } from './cast.ts'
import { openProxy } from './proxy.ts'
import { WITHOUT_LIMITS } from './stage.ts'

export interface ClusterOptions {
  chiefs: number
  staffEach: number
  nodes: number
}

export type Cluster = Awaited<ReturnType<typeof openCluster>>

/** What was answered survives the end of its processes; nothing here survives the end of the machine. */
const POSTGRES = { fsync: 'off', full_page_writes: 'off', max_connections: '100' }

/** Resolves when every server answers for the first time. */
export async function openCluster({ chiefs, staffEach, nodes: count }: ClusterOptions) {
  const place = createWorkplace()
  const [postgres, redis] = await Promise.all([startPostgres(POSTGRES), startRedis()])
  const { url: databaseUrl } = await freshDatabase(postgres.url)
  const cast = await hire(place.dataDir, chiefs, staffEach, databaseUrl)
  // A stop as in production, where it is longer.
  const variables = { ...WITHOUT_LIMITS, DATABASE_URL: databaseUrl, DRAIN_SECONDS: '1' }
  const nodes = await Promise.all(Array.from({ length: count }, () => openNode(place, redis.port, variables)))
  const nginx = await startNginx(nodes.map(({ port }) => port))

  return {
    cast,
    postgres,
    redis,
    nodes,
    nginx,
    databaseUrl,
    dataDir: place.dataDir,
    /** Where clients go. */
    url: nginx.url,
    up: async () => nginx.url,
    /** Ends every server as a deployment does, and says how they ended. */
    stop: () => Promise.all(nodes.map(node => node.end('SIGTERM'))),
    async close(): Promise<void> {
      await nginx.stop()
      await place.close()
      await Promise.all(nodes.map(node => node.redis.close()))
      await Promise.all([postgres.stop(), redis.stop()])
    },
  }
}

/** One server, with a way to Redis of its own. */
async function openNode(
  place: ReturnType<typeof createWorkplace>,
  redisPort: number,
  variables: Readonly<Record<string, string>>,
) {
  const port = await freePort()
  const redis = await openProxy()
  redis.aim(redisPort)
  const environment = { ...variables, PORT: String(port), REDIS_URL: redis.url.replace('http:', 'redis:') }
  let program: ReturnType<typeof place.start> | null = null

  async function start(): Promise<void> {
    program = place.start('main.ts', [], environment)
    await program.printed(/PMS is ready/)
  }
  function running() {
    if (!program) throw new Error('This server does not run')
    return program
  }
  await start()

  return {
    port,
    /** Between this server and Redis. */
    redis,
    start,
    async end(signal: NodeJS.Signals) {
      const { signal: send, ended } = running()
      program = null
      send(signal)
      return ended
    },
    /** Holds it still for so long: its connections stay, and nothing is answered. */
    async hold(ms: number): Promise<void> {
      const { signal } = running()
      signal('SIGSTOP')
      await wait(ms)
      signal('SIGCONT')
    },
  }
}

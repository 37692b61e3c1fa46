/** Started once for all test files: a PostgreSQL and a Redis that they share, unless the environment names some. */
import { dropDatabases, startPostgres } from './postgres.ts'
import { startRedis } from './redis.ts'

/** Nothing in it is worth a disk. */
const HASTY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }

export async function setup(): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = []
  const template = `test_template_${crypto.randomUUID().replaceAll('-', '')}`
  process.env.TEST_TEMPLATE = template
  if (!process.env.TEST_POSTGRES_URL) {
    const postgres = await startPostgres(HASTY)
    process.env.TEST_POSTGRES_URL = postgres.url
    stops.push(postgres.stop)
  } else {
    const server = process.env.TEST_POSTGRES_URL
    stops.push(() => dropDatabases(server, template))
  }
  if (!process.env.TEST_REDIS_URL) {
    const redis = await startRedis()
    process.env.TEST_REDIS_URL = redis.url
    stops.push(redis.stop)
  }
  return async () => {
    for (const stop of stops) await stop()
  }
}

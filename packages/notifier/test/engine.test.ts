import { freshDatabase } from '@pms/test-services/postgres'
import { sharedPostgres, sharedRedis } from '@pms/test-services/shared'
import { afterAll } from 'vitest'
import { memoryBus } from '../src/bus/memory.ts'
import { redisBus } from '../src/bus/redis.ts'
import { openDatabase } from '../src/database/database.ts'
import { postgres } from '../src/database/postgres.ts'
import { sqlite } from '../src/database/sqlite.ts'
import { busSuite } from '../src/testing/bus-suite.ts'
import { engineSuite } from '../src/testing/engine-suite.ts'
import { retentionSuite } from '../src/testing/retention-suite.ts'

const made: { drop(): Promise<void> }[] = []
afterAll(async () => {
  for (const database of made) await database.drop()
})

type Open = Parameters<typeof engineSuite>[1]
const onSqlite: Open = options => openDatabase({ engine: sqlite(':memory:'), ...options })
const onPostgres: Open = async options => {
  const fresh = await freshDatabase(sharedPostgres())
  made.push(fresh)
  return openDatabase({ engine: postgres(fresh.url), ...options })
}

for (const suite of [engineSuite, retentionSuite]) {
  suite('SQLite', onSqlite)
  suite('PostgreSQL', onPostgres)
}
busSuite('memory', memoryBus)
busSuite('Redis', () => redisBus({ url: sharedRedis(), prefix: crypto.randomUUID(), onError() {} }))

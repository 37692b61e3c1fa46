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

const made: { drop(): Promise<void> }[] = []
afterAll(async () => {
  for (const database of made) await database.drop()
})

engineSuite('SQLite', options => openDatabase({ engine: sqlite(':memory:'), ...options }))
engineSuite('PostgreSQL', async options => {
  const fresh = await freshDatabase(sharedPostgres())
  made.push(fresh)
  return openDatabase({ engine: postgres(fresh.url), ...options })
})
busSuite('memory', memoryBus)
busSuite('Redis', () => redisBus({ url: sharedRedis(), prefix: crypto.randomUUID(), onError() {} }))

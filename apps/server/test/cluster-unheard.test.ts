/** Two servers on one PostgreSQL and no Redis: they work, and say that they do not hear of each other. */
import { freshDatabase } from '@pms/test-services/postgres'
import { sharedPostgres } from '@pms/test-services/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { examine } from '../src/operate/doctor/doctor.ts'
import { startServer, type TestServer } from '../src/testing/index.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let env: Record<string, string>

beforeAll(async () => {
  database = await freshDatabase(sharedPostgres())
  env = { DATABASE_URL: database.url, JWT_SECRET: 'the same on every server, and long enough' }
})
afterAll(() => database.drop())

const ready = async (server: TestServer) => (await server.rest().get('/readyz')).body
const warnings = (server: TestServer) => server.log.filter(line => line.includes('REDIS_URL is not set'))

async function busOf(variables: Record<string, string>, url: string | null = null) {
  const findings = await examine(variables, url === null ? null : new URL(url))
  return findings.filter(({ check }) => check.startsWith('bus')).map(({ state, found }) => [state, found])
}

test('each says so while the other is there, and the doctor with them', async () => {
  // One that died without a word a moment ago is nobody's neighbour.
  const dead = await startServer({ env })
  await dead.app.sampler.step()
  await dead.close()

  await using here = await startServer({ env })
  await here.app.sampler.step()
  const variables = { ...env, DATA_DIR: here.dataDir }
  expect(await ready(here)).toMatchObject({ status: 'ok', bus: 'ok' })
  expect(await busOf(variables)).toEqual([['ok', expect.stringContaining('right where there is one server')]])

  const there = await startServer({ env })
  const { ada } = await here.addOrganisation()
  for (const server of [here, there]) await (await server.socket(ada)).next('connection_established')
  there.app.sampler.start()
  await there.app.sampler.step()
  // Whoever finds the other has something to write, by which it is found.
  for (const server of [here, here, there]) await server.app.sampler.step()
  for (const server of [here, there])
    expect(await ready(server)).toMatchObject({ status: 'degraded', bus: 'unavailable' })
  expect(warnings(here), 'once').toHaveLength(1)
  // Nobody knows that these are one.
  const { body } = await (await here.as(ada)).get('/api/system')
  expect(body.totals).toMatchObject({ connections: 2, users: 2 })
  expect(await busOf(variables, here.url)).toEqual([
    ['wrong', expect.stringContaining('2 servers work on the database')],
    ['wrong', expect.stringContaining('does not hear the others')],
  ])

  await there.close()
  await here.app.sampler.step()
  expect(await ready(here)).toMatchObject({ status: 'ok', bus: 'ok' })
})

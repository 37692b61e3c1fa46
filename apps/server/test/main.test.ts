import { once } from 'node:events'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { createRest } from '../src/testing/rest.ts'
import { createWorkplace } from './programs.ts'

let place: ReturnType<typeof createWorkplace>
beforeEach(() => {
  place = createWorkplace()
  return () => place.close()
})

const ANY_PORT = { PORT: '0', DEMO: '0' }
const READY = /PMS is ready: (http:\/\/\S+)/

test.each(['SIGTERM', 'SIGINT'] as const)('says where it is, and ends cleanly on %s', async signal => {
  const server = place.start('main.ts', [], ANY_PORT)
  const [, url = ''] = await server.printed(READY)
  await server.printed(/Nobody can sign in yet/)
  expect((await createRest(url).get('/readyz')).status).toBe(200)
  for (const file of readdirSync(place.dataDir))
    expect([file, statSync(join(place.dataDir, file)).mode & 0o077]).toEqual([file, 0])
  server.signal(signal)
  expect(await server.ended).toMatchObject({ code: 0, stderr: '' })
})

test('the same signal twice at once is one wish', async () => {
  const server = place.start('main.ts', [], ANY_PORT)
  await server.printed(READY)
  server.signal('SIGTERM')
  server.signal('SIGINT')
  expect((await server.ended).code).toBe(0)
})

test('before it stops it says so to whoever sends people to it, then to its sockets', async () => {
  const server = place.start('main.ts', [], { ...ANY_PORT, DRAIN_SECONDS: '1' })
  const [, url = ''] = await server.printed(READY)
  const rest = createRest(url)
  const readiness = async () => (await rest.get('/readyz')).body
  expect(await readiness()).toMatchObject({ status: 'ok' })
  server.signal('SIGTERM')
  await expect.poll(readiness, { interval: 10 }).toMatchObject({ status: 'unavailable', draining: true })
  expect((await rest.get('/api/info')).status).toBe(200)
  expect(await server.ended).toMatchObject({ code: 0, stderr: '' })
})

test('reads .env, and the environment has the last word', async () => {
  writeFileSync(join(place.dir, '.env'), 'TIME_ZONE=Africa/Lagos\nPORT=nonsense\n')
  const server = place.start('main.ts', [], ANY_PORT)
  const [, url = ''] = await server.printed(READY)
  expect((await createRest(url).get('/api/info')).body).toEqual({
    time_zone: 'Africa/Lagos',
    attachment_max_bytes: 10 * 1_048_576,
    demo_accounts: [],
  })
})

test('a port in use is told in a sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { code, stderr } = await place.run('main.ts', [], { ...ANY_PORT, PORT: String(port) })
  other.close()
  expect([code, stderr]).toEqual([
    1,
    `Port ${port} is in use. Stop what uses it, or set PORT to another one.\n`,
  ])
})

test('demo accounts are made on loopback, shown, and refused where others could use them', async () => {
  const demo = place.start('main.ts', [], { PORT: '0' })
  const [, url = ''] = await demo.printed(READY)
  await demo.printed(/john\.doe@pms\.test/)
  const { body } = await createRest(url).get<{ demo_accounts: unknown[] }>('/api/info')
  expect(body.demo_accounts).toHaveLength(5)
  demo.signal('SIGTERM')
  await demo.ended

  const elsewhere: Record<string, string>[] = [{ HOST: '0.0.0.0' }, { NODE_ENV: 'production' }]
  for (const variables of elsewhere) {
    const { code, stdout, stderr } = await place.run('main.ts', [], { PORT: '0', ...variables })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('The database has demo accounts')
  }
})

/** examples/notify.py, by which another backend raises notifications: over a network that loses answers. */
import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startServer, type TestServer } from '../../apps/server/src/testing/index.ts'
import { inboxOf } from '../../apps/server/test/goal-calls.ts'
import { makeKey, registerType } from '../../apps/server/test/key-calls.ts'

const PYTHON = 'python3'
const PROGRAM = fileURLToPath(new URL('../../examples/notify.py', import.meta.url))
const hasPython = spawnSync(PYTHON, ['--version']).status === 0
if (!hasPython) process.stdout.write('No python3 here: examples/notify.py is not tried\n')

describe.skipIf(!hasPython)('a backend in Python', () => {
  let server: TestServer
  let people: Record<'john' | 'jane' | 'ada', Person>
  let PMS_KEY: string
  /** What happens to the next answers on their way back, first come first served. */
  let mishaps: ('lost' | 'cut' | 'busy')[] = []
  const replayed: boolean[] = []

  /** Hands calls on to the server; that they are done does not mean that anybody hears of it. */
  const network = createServer(async (request, response) => {
    const mishap = mishaps.shift()
    if (mishap === 'busy') return response.writeHead(503, { 'retry-after': '0' }).end()
    const { method = '', url = '', headers } = request
    const { authorization = '', 'content-type': type = '', 'idempotency-key': key = '' } = headers
    const answer = await fetch(server.url + url, {
      method,
      headers: { authorization, 'content-type': type, 'idempotency-key': String(key) },
      body: await text(request),
    })
    const said = await answer.text()
    if (mishap === 'lost') return response.destroy()
    replayed.push(answer.headers.get('idempotency-replayed') === 'true')
    response.writeHead(answer.status, { 'content-length': said.length })
    if (mishap !== 'cut') return response.end(said)
    response.write(said.slice(0, 10), () => response.destroy())
  })

  beforeAll(async () => {
    server = await startServer()
    network.listen(0, '127.0.0.1')
    await once(network, 'listening')
    people = await server.addOrganisation()
    const admin = await server.as(people.ada)
    PMS_KEY = (await makeKey(admin)).key
    await registerType(admin, {
      type: 'payslip_ready',
      priority: 'medium',
      title: 'Payslip ready',
      message: 'Your payslip of {month} is ready.',
      action_url: null,
      data_schema: { type: 'object', properties: { month: { type: 'string' } }, required: ['month'] },
    })
  })
  afterAll(async () => {
    network.close()
    await server?.close()
  })

  const run = (words: string[], env: object = {}) =>
    new Promise<{ said: string; complaint: string }>(resolve => {
      const PMS_URL = `http://127.0.0.1:${(network.address() as AddressInfo).port}`
      const all = { ...process.env, PMS_URL, PMS_KEY, ...env }
      execFile(PYTHON, [PROGRAM, ...words], { env: all }, (_, said, complaint) =>
        resolve({ said, complaint }),
      )
    })

  const inbox = async (person: Person) => inboxOf(await server.as(person))

  test('rings once, whatever becomes of the answers, and says who is not there', async () => {
    const socket = await server.socket(people.john)
    await socket.next('connection_established')
    mishaps = ['lost', 'busy', 'cut']
    const to = `${people.john.email},nobody@example.test`
    const { said, complaint } = await run(['payslip_ready', to, 'month=March'])
    expect(complaint).toBe('')
    expect(JSON.parse(said)).toMatchObject([{ outcome: 'created' }, { outcome: 'unknown' }])
    expect(replayed).toEqual([true, true])
    expect(await socket.next('new_notification')).toMatchObject({
      notification: { message: 'Your payslip of March is ready.', triggered_by_name: 'Payroll' },
    })
    expect(await inbox(people.john)).toMatchObject({ total: 1, unread_count: 1 })
  })

  test('a job that is run twice raises nothing twice, and is told so if it says something else', async () => {
    const KEY = 'payslips-2027-03'
    const first = await run(['payslip_ready', people.jane.email, 'month=March'], { KEY })
    expect(await run(['payslip_ready', people.jane.email, 'month=March'], { KEY })).toEqual(first)
    expect(await inbox(people.jane)).toMatchObject({ total: 1 })
    const other = await run(['payslip_ready', people.jane.email, 'month=April'], { KEY })
    expect(other.complaint).toMatch(/^Refused with 409: .*idempotency_mismatch/)
  })

  test('what is wrong is said at once, and not tried again', async () => {
    const wrong = await run(['payslip_ready', people.john.email, 'year=2027'])
    expect(wrong.complaint).toMatch(/^Refused with 422: .*data\.year is no field/)
    const stranger = await run(['payslip_ready', people.john.email, 'month=March'], { PMS_KEY: 'pms_none' })
    expect(stranger.complaint).toMatch(/^Refused with 401: /)
  })
})

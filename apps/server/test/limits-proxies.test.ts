/** Whom a call is taken to come from: what proxies say is believed of those that are named, and of nobody else. */
import type { IncomingMessage } from 'node:http'
import { CSRF_HEADER } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { networkOf } from '../src/http/networks.ts'
import { createProxies, type TrustedProxies } from '../src/http/proxies.ts'
import { type Person, startServer, type TestServer } from '../src/testing/index.ts'

const CSRF = { [CSRF_HEADER.name]: CSRF_HEADER.value }
const PASSWORD = 'correct horse battery'

const request = (remoteAddress: string, headers: IncomingMessage['headers']) =>
  ({ headers: { host: 'inside', ...headers }, socket: { remoteAddress } }) as IncomingMessage

test.each<[TrustedProxies, string, string, string]>([
  [[], '127.0.0.1', '6.6.6.6', '127.0.0.1'],
  [['loopback'], '127.0.0.1', '6.6.6.6', '6.6.6.6'],
  [['loopback'], '::ffff:127.0.0.1', '6.6.6.6', '6.6.6.6'],
  [['loopback'], '9.9.9.9', '6.6.6.6', '9.9.9.9'],
  // What the caller wrote stands before what the proxies have added.
  [['127.0.0.1', '10.0.0.0/8'], '127.0.0.1', '1.1.1.1, 6.6.6.6, 10.1.2.3', '6.6.6.6'],
  [['127.0.0.1'], '127.0.0.1', '1.1.1.1, 6.6.6.6, 10.1.2.3', '10.1.2.3'],
  [1, '172.16.0.5', '1.1.1.1, 6.6.6.6', '6.6.6.6'],
  [2, '172.16.0.5', '1.1.1.1, 6.6.6.6, 10.1.2.3', '6.6.6.6'],
])('trusting %j, a call from %s for %s is from %s', (trusted, peer, forwarded, from) => {
  expect(createProxies(trusted).addressOf(request(peer, { 'x-forwarded-for': forwarded }))).toBe(from)
})

test('who has hung up before their call is looked at has no address, and is counted with the others of these', () => {
  expect(networkOf(undefined)).toBe('')
})

test('the name of the server is what the client calls it, as far as a proxy of ours says so', () => {
  const { hostOf } = createProxies(['loopback'])
  const headers = { 'x-forwarded-host': 'made.up, pms.example.org' }
  expect(hostOf(request('127.0.0.1', headers))).toBe('pms.example.org')
  expect(hostOf(request('9.9.9.9', headers))).toBe('inside')
  expect(hostOf(request('127.0.0.1', {}))).toBe('inside')
})

/** Of somebody who speaks for another, as another host, over TLS. */
const forged = (address: string) => ({
  'x-forwarded-for': address,
  'x-forwarded-host': 'evil.test',
  'x-forwarded-proto': 'https',
})
const fromEvilPage = { ...forged('6.6.6.6'), origin: 'https://evil.test' }
const limits = { loginsPerMinute: 3, upgradesPerSecond: 2 }

/** Failed sign-ins, each of another account and from another address; the state of each. */
async function attempts(server: TestServer): Promise<number[]> {
  const states = []
  for (let n = 0; n < 4; n++) {
    const body = { email: `nobody-${n}@example.test`, password: 'wrong' }
    const { status } = await server
      .rest()
      .post<Problem>('/api/auth/login', body, { headers: forged(`6.6.6.${n}`) })
    states.push(status)
  }
  return states
}

/** Six sockets as near to each other as can be, each from another address; why each ended, or null. */
async function upgrades(server: TestServer, person: Person): Promise<(number | null)[]> {
  const token = await server.tokenOf(person)
  const open = async (n: number) => {
    const socket = await server.socket(token, { headers: { 'x-forwarded-for': `6.6.6.${n}` } })
    const end = await Promise.race([socket.closed, socket.next('connection_established')])
    return 'code' in end ? Number(end.code) : null
  }
  return Promise.all(Array.from({ length: 6 }, (_, n) => open(n)))
}

describe.each<{ name: string; env: Record<string, string>; believed: boolean }>([
  { name: 'nobody is trusted', env: {}, believed: false },
  { name: 'the proxy is trusted', env: { TRUST_PROXY: '127.0.0.0/8' }, believed: true },
])('where $name', ({ env, believed }) => {
  let server: TestServer
  let john: Person
  beforeAll(async () => {
    server = await startServer({ env, limits })
    john = await server.addPerson('John Doe', { password: PASSWORD })
  })
  afterAll(() => server.close())

  test('cookies, origins, the policy of pages, the log and limits go by what is believed', async () => {
    const browser = server.browser()
    const body = { email: john.email, password: PASSWORD }
    await browser.post('/api/auth/login', body, { headers: forged('6.6.6.6') })
    expect(browser.cookies.lineOf('pms_refresh')?.includes('Secure')).toBe(believed)
    expect(server.log.join('').includes('"address":"6.6.6.6"')).toBe(believed)
    const { headers } = await server.rest().get('/healthz', { headers: forged('6.6.6.6') })
    expect(headers.get('content-security-policy')?.includes('wss://evil.test')).toBe(believed)

    const fromPage = { headers: { ...CSRF, ...fromEvilPage } }
    expect((await browser.post('/api/auth/refresh', undefined, fromPage)).status).toBe(believed ? 200 : 403)
    const socket = await server.socket(await server.tokenOf(john), { headers: fromEvilPage })
    const end = await Promise.race([socket.closed, socket.next('connection_established')])
    expect('code' in end ? end.code : null).toBe(believed ? null : 4403)

    expect(await attempts(server)).toEqual([401, 401, 401, believed ? 401 : 429])
    expect((await upgrades(server, john)).includes(4429)).toBe(!believed)
  })
})

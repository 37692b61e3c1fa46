/** Tokens of another system: which of them prove who somebody is, and all those that do not. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, type JWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createForeignTokens, type ForeignTrust } from '../src/auth/foreign-tokens.ts'
import { ProblemError } from '../src/http/errors.ts'
import {
  changePerson,
  createTestClock,
  type Person,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'

const ISSUER = 'https://staff.example.org'
const AUDIENCE = 'notifications'
const SECRET = 'a secret that the two systems share'
const HOUR = 3_600

const clock = createTestClock()
const seconds = () => Math.floor(clock().getTime() / 1_000)

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed25519 = generateKeyPairSync('ed25519')
const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()

type SignKey = KeyObject | Uint8Array
interface Made {
  key?: SignKey
  alg?: string
  kid?: string
  claims?: JWTPayload
}

/** A token as the other system makes them; a claim that is undefined is left out. */
function token({ key = rsa.privateKey, alg = 'RS256', kid, claims = {} }: Made = {}): Promise<string> {
  const all = { sub: 'john', iss: ISSUER, aud: AUDIENCE, iat: seconds(), exp: seconds() + HOUR, ...claims }
  return new SignJWT(all).setProtectedHeader({ alg, ...(kid && { kid }) }).sign(key)
}

const known: Record<string, string> = { john: 'id of John', 'john.doe@example.test': 'id of John' }

function believing(key: ForeignTrust['key'], userClaim = 'sub') {
  return createForeignTokens({
    trust: { key, issuer: ISSUER, audience: AUDIENCE, userClaim },
    clock,
    normalEmail: email => email.toLowerCase(),
    findPerson: async by => known['id' in by ? by.id : by.email],
  })
}

/** What is said of a token that opens nothing. */
async function refusal(tokens: ReturnType<typeof believing>, refused: string): Promise<string> {
  const problem = await tokens.verify(refused).then(
    claims => claims,
    error => error,
  )
  if (!(problem instanceof ProblemError)) throw new Error(`It was accepted: ${JSON.stringify(problem)}`)
  return `${problem.status} ${problem.code}: ${problem.message}`
}

const byKey = believing({ kind: 'public_key', pem: pemOf(rsa.publicKey) })
const bySecret = believing({ kind: 'secret', secret: SECRET })
const shared = { key: Buffer.from(SECRET), alg: 'HS256' }

describe('a token is believed', () => {
  const johns = { userId: 'id of John', sessionId: 'foreign', expiresAt: (seconds() + HOUR + 5) * 1_000 }

  test.for([
    ['RS256', rsa],
    ['ES256', p256],
    ['EdDSA', ed25519],
    ['Ed25519', ed25519],
  ] as const)('that %s proves by the public key', async ([alg, pair]) => {
    const tokens = believing({ kind: 'public_key', pem: pemOf(pair.publicKey) })
    expect(await tokens.verify(await token({ key: pair.privateKey, alg }))).toEqual(johns)
  })

  test('that HS256 proves by the shared secret', async () => {
    expect(await bySecret.verify(await token(shared))).toEqual(johns)
  })

  test('that names the person by an address, in whatever case, in the claim that was set', async () => {
    const tokens = believing({ kind: 'secret', secret: SECRET }, 'email')
    const claims = { sub: undefined, email: 'John.Doe@Example.test', email_verified: true }
    expect(await tokens.verify(await token({ ...shared, claims }))).toEqual(johns)
    expect(
      await refusal(tokens, await token({ ...shared, claims: { ...claims, email_verified: false } })),
    ).toBe('401 invalid_token: The access token has an email address that nobody has verified')
  })

  test('when clocks differ by some seconds, and no longer', async () => {
    expect(await byKey.verify(await token({ claims: { nbf: seconds() + 4 } }))).toEqual(johns)
    expect(await byKey.verify(await token({ claims: { exp: seconds() - 4 } }))).toBeTruthy()
    expect(await refusal(byKey, await token({ claims: { nbf: seconds() + 10 } }))).toContain('has no nbf')
    expect(await refusal(byKey, await token({ claims: { exp: seconds() - 10 } }))).toContain('token_expired')
  })

  test('for a month at the most, whatever it says', async () => {
    const { expiresAt } = await byKey.verify(await token({ claims: { exp: 1e14 + 0.5 } }))
    expect(expiresAt).toBe(clock().getTime() + 30 * 24 * HOUR * 1_000)
  })

  test('only if it says whose it is: others are for somebody else to look at', async () => {
    expect(byKey.claims(await token())).toBe(true)
    expect(byKey.claims(await token({ claims: { iss: 'pms' } }))).toBe(false)
    expect(byKey.claims('x.y.z')).toBe(false)
  })
})

describe('a token is refused', () => {
  test('without a signature', async () => {
    const none = new UnsecuredJWT({ sub: 'john' }).setIssuer(ISSUER).setAudience(AUDIENCE)
    expect(await refusal(byKey, none.setExpirationTime('1h').encode())).toContain('401 invalid_token')
    expect(await refusal(bySecret, none.setExpirationTime('1h').encode())).toContain('401 invalid_token')
  })

  test('with the public key taken for a shared secret', async () => {
    for (const text of [pemOf(rsa.publicKey), pemOf(rsa.publicKey).trim()]) {
      const confused = await token({ key: Buffer.from(text), alg: 'HS256' })
      expect(await refusal(byKey, confused)).toBe('401 invalid_token: The access token is not valid')
    }
  })

  test('with another algorithm than that of the key, though the key would fit', async () => {
    expect(await refusal(byKey, await token({ alg: 'PS256' }))).toContain('is not valid')
    expect(await refusal(byKey, await token({ alg: 'RS512' }))).toContain('is not valid')
    expect(await refusal(bySecret, await token({ key: Buffer.from(SECRET), alg: 'HS512' }))).toContain(
      'is not valid',
    )
  })

  test('signed by another key, or changed after that', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    expect(await refusal(byKey, await token({ key: other.privateKey }))).toContain('is not valid')
    const [head, , signature] = (await token()).split('.')
    const body = Buffer.from(JSON.stringify({ sub: 'jane', iss: ISSUER, aud: AUDIENCE, exp: seconds() + 9 }))
    expect(await refusal(byKey, [head, body.toString('base64url'), signature].join('.'))).toContain(
      'is not valid',
    )
  })

  test.for([
    ['exp', { exp: undefined }],
    ['iss', { iss: undefined }],
    ['iss', { iss: 'https://else.example.org' }],
    ['aud', { aud: undefined }],
    ['aud', { aud: ['payroll'] }],
    ['sub', { sub: undefined }],
    ['sub', { sub: '' }],
  ] as const)('without the right %s: %j', async ([claim, claims]) => {
    const said = await refusal(byKey, await token({ claims: claims as JWTPayload }))
    expect(said).toContain('401 invalid_token')
    expect(said).toContain(`has no ${claim}`)
  })

  test('of somebody who is not here, who is told so', async () => {
    expect(await refusal(byKey, await token({ claims: { sub: 'nobody' } }))).toBe(
      '401 unknown_person: Nobody here has the sub of this token. Ask your administrator to add you.',
    )
  })
})

describe('a set of keys', () => {
  let publisher: Server
  let url: string
  let published: JWK[]
  let answer: 'keys' | 'error' | 'nonsense' = 'keys'
  let fetched: number

  const jwk = async (key: KeyObject, kid: string, more: JWK = {}) =>
    ({ ...(await exportJWK(key)), kid, ...more }) as JWK

  beforeAll(async () => {
    publisher = createServer((_, response) => {
      fetched += 1
      response.statusCode = answer === 'error' ? 500 : 200
      response.end(answer === 'nonsense' ? '<html>' : JSON.stringify({ keys: published }))
    }).listen(0, '127.0.0.1')
    await once(publisher, 'listening')
    url = `http://127.0.0.1:${(publisher.address() as AddressInfo).port}/keys.json`
  })
  beforeEach(async () => {
    fetched = 0
    answer = 'keys'
    published = [await jwk(rsa.publicKey, 'one'), await jwk(p256.publicKey, 'two')]
  })
  afterAll(() => publisher.close())

  test('is fetched once for many tokens, and the token names the key', async () => {
    const tokens = believing({ kind: 'key_set', url })
    const both = [
      await token({ kid: 'one' }),
      await token({ key: p256.privateKey, alg: 'ES256', kid: 'two' }),
    ]
    await Promise.all([...both, ...both].map(each => tokens.verify(each)))
    expect(fetched).toBe(1)
    expect(await refusal(tokens, await token({ kid: 'two' }))).toContain('401 invalid_token')
  })

  test('is not asked again and again for a key that it does not have', async () => {
    const tokens = believing({ kind: 'key_set', url })
    const strange = await token({ kid: 'three' })
    for (let i = 0; i < 5; i++)
      expect(await refusal(tokens, strange)).toContain('signed with a key that is not known here')
    expect(fetched).toBe(1)
  })

  test('opens nothing by a secret in it, nor by a weak key', async () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1_024 })
    published = [
      { kty: 'oct', k: Buffer.from(SECRET).toString('base64url'), kid: 'secret', alg: 'HS256' },
      await jwk(weak.publicKey, 'weak'),
    ]
    const tokens = believing({ kind: 'key_set', url })
    expect(await refusal(tokens, await token({ ...shared, kid: 'secret' }))).toContain('401 invalid_token')
    expect(await refusal(tokens, await signedWeakly(weak.privateKey, 'weak'))).toContain('401 invalid_token')
  })

  test.for(['error', 'nonsense'] as const)('that cannot be had (%s) is no fault of the token', async how => {
    answer = how
    const tokens = believing({ kind: 'key_set', url })
    for (let i = 0; i < 3; i++)
      expect(await refusal(tokens, await token({ kid: 'one' }))).toContain('503 keys_unavailable')
    expect(fetched).toBe(1)
    answer = 'keys'
    clock.advance(30_000)
    expect(await tokens.verify(await token({ kid: 'one' }))).toMatchObject({ userId: 'id of John' })
  })
})

/** The library refuses to sign with a weak key, so this does it by itself. */
async function signedWeakly(key: KeyObject, kid: string): Promise<string> {
  const { sign } = await import('node:crypto')
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { sub: 'john', iss: ISSUER, aud: AUDIENCE, exp: seconds() + HOUR }
  const text = `${part({ alg: 'RS256', kid })}.${part(claims)}`
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

describe('on a server', () => {
  let server: TestServer
  let john: Person

  beforeAll(async () => {
    const env = { JWT_PUBLIC_KEY: pemOf(p256.publicKey), JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE }
    server = await startServer({ clock, env, limits: { compareMs: 50 } })
    john = await server.addPerson('John Doe')
  })
  afterAll(() => server.close())

  const tokenOf = (person: Person, lifetime = HOUR) =>
    token({
      key: p256.privateKey,
      alg: 'ES256',
      claims: { sub: person.email, exp: seconds() + lifetime },
    })

  test('it opens REST and the socket, as the person whom the database knows', async () => {
    const foreign = await tokenOf(john)
    const rest = server.rest(foreign)
    expect((await rest.get('/api/auth/me')).body).toMatchObject({ id: john.id, role: 'staff' })
    const socket = await server.socket(foreign)
    expect(await socket.next('connection_established')).toMatchObject({ user_id: john.id })
    const { body } = await rest.post<{ ticket: string }>('/api/notifications/ws-ticket')
    const ticketed = await server.socket('', { query: { ticket: body.ticket, token: '' } })
    expect(await ticketed.next('connection_established')).toMatchObject({ user_id: john.id })
    clock.advance(60_000)
    socket.send(`auth:${await tokenOf(john)}`)
    const until = new Date((seconds() + HOUR + 5) * 1_000).toISOString()
    expect(await socket.next('auth_refreshed')).toMatchObject({ expires_at: until })
    // Tokens of its own are as good as before.
    expect((await (await server.as(john)).get('/api/auth/me')).status).toBe(200)
  })

  test('it ends with its time, also where it was seen before', async () => {
    const foreign = await tokenOf(john, 1)
    const rest = server.rest(foreign)
    expect((await rest.get('/api/auth/me')).status).toBe(200)
    clock.advance(6_000)
    expect(await rest.get('/api/auth/me')).toMatchObject({ status: 401, body: { code: 'token_expired' } })
  })

  test('whoever is suspended is refused at once, and found on sockets that nobody told', async () => {
    const jane = await server.addPerson('Jane Smith')
    const foreign = await tokenOf(jane)
    const socket = await server.socket(foreign)
    await socket.next('connection_established')
    await changePerson(server.app, jane, { status: 'suspended' })
    clock.advance(1_000)
    expect(await server.rest(foreign).get('/api/auth/me')).toMatchObject({
      status: 403,
      body: { code: 'account_not_active' },
    })
    expect(await socket.closed).toMatchObject({ code: 4403 })
  })

  test('somebody without an account hears why, and is let in when there is one', async () => {
    const foreign = await token({
      key: p256.privateKey,
      alg: 'ES256',
      claims: { sub: 'new.person@example.test' },
    })
    const rest = server.rest(foreign)
    expect(await rest.get('/api/auth/me')).toMatchObject({ status: 401, body: { code: 'unknown_person' } })
    await server.addPerson('New Person')
    expect((await rest.get('/api/auth/me')).status).toBe(200)
  })

  test('its secret signs none of our own tokens, and no cookie', async () => {
    const own = await token({
      key: p256.privateKey,
      alg: 'ES256',
      claims: { sub: john.id, iss: 'pms', aud: 'pms', sid: 'x' },
    })
    expect(await server.rest(own).get('/api/auth/me')).toMatchObject({ status: 401 })
    const out = await server.rest(await tokenOf(john)).post('/api/auth/logout', undefined, {
      headers: { 'x-requested-with': 'pms' },
    })
    expect(out.status).toBe(200)
  })
})

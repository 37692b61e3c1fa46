import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { loadSecret } from '../src/auth/secret.ts'
import { isLoopback, readConfig } from '../src/config.ts'

const refusal = (variables: Record<string, string>): string => {
  try {
    readConfig(variables)
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('It was accepted')
}

describe('configuration', () => {
  test('nothing set: a loopback server on port 8000 with a demo', () => {
    expect(readConfig({})).toMatchObject({
      port: 8000,
      host: '127.0.0.1',
      dataDir: './data',
      jwtSecret: null,
      allowedOrigins: [],
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      retentionDays: 365,
      inboxLimit: 100_000,
      demo: { allowed: true, seed: true },
      limits: { restPerSecond: 50, loginsPerMinute: 10 },
    })
  })

  test('an empty variable is one that is not set', () => {
    expect(readConfig({ PORT: '', JWT_SECRET: ' ', DEMO: '' })).toEqual(readConfig({}))
  })

  test('every wrong variable is named, with why', () => {
    const text = refusal({
      PORT: '80a',
      DEMO: 'yes',
      LOG_LEVEL: 'loud',
      NODE_ENV: 'prod',
      TIME_ZONE: 'Mars/Olympus',
    })
    expect(text).toContain('PORT must be a whole number')
    expect(text).toContain('DEMO must be one of 0, 1')
    expect(text).toContain('LOG_LEVEL must be one of trace, ')
    expect(text).toContain('NODE_ENV must be one of development, test, production')
    expect(text).toContain('TIME_ZONE must be an IANA name')
  })

  test('notifications may be kept for ever, in any number', () => {
    const forever = readConfig({ RETENTION_DAYS: '0', INBOX_LIMIT: '0' })
    expect(forever).toMatchObject({ retentionDays: 0, inboxLimit: 0 })
    expect(refusal({ RETENTION_DAYS: '-1' })).toContain('RETENTION_DAYS must be')
  })

  test.each(['65536', '-1', '8000.5', '1e3'])('the port %s is refused', port => {
    expect(refusal({ PORT: port })).toContain('PORT must be')
  })

  test('a value is never repeated: it may be a secret in the wrong place', () => {
    const text = refusal({
      NODE_ENV: 'production',
      JWT_SECRET: 'short-secret',
      CORS_ALLOWED_ORIGINS: 'https://user:hunter2@a.test',
      DEMO: 'hunter3',
    })
    expect(text).toContain('JWT_SECRET must have at least 32 characters in production')
    expect(text).not.toMatch(/short-secret|hunter/)
  })

  test('another system is believed by one key, for what it says it is', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const named = { JWT_ISSUER: 'https://staff.example.org', JWT_AUDIENCE: 'notifications' }
    const JWT_SHARED_SECRET = 'a secret of two systems, and long enough'
    const said = { issuer: named.JWT_ISSUER, audience: named.JWT_AUDIENCE }
    expect(readConfig({}).foreignTokens).toBe(null)
    expect(
      readConfig({ ...named, JWT_PUBLIC_KEY: pem.trim().replaceAll('\n', '\\n') }).foreignTokens,
    ).toEqual({ ...said, userClaim: 'sub', key: { kind: 'public_key', pem: pem.trim() } })
    expect(
      readConfig({ ...named, JWT_JWKS_URL: 'http://127.0.0.1:8001/keys', JWT_USER_CLAIM: 'email' })
        .foreignTokens,
    ).toEqual({
      ...said,
      userClaim: 'email',
      key: { kind: 'key_set', url: 'http://127.0.0.1:8001/keys' },
    })
    expect(readConfig({ ...named, JWT_SHARED_SECRET }).foreignTokens?.key.kind).toBe('secret')

    const both = refusal({ ...named, JWT_PUBLIC_KEY: pem, JWT_SHARED_SECRET })
    expect(both).toContain('JWT_SHARED_SECRET must not be set beside JWT_PUBLIC_KEY')
    const bare = refusal({ JWT_SHARED_SECRET })
    expect(bare).toContain('JWT_ISSUER must be set with JWT_SHARED_SECRET')
    expect(bare).toContain('JWT_AUDIENCE must be set with JWT_SHARED_SECRET')
    expect(refusal(named)).toContain('JWT_ISSUER needs one of JWT_PUBLIC_KEY')
    expect(refusal({ ...named, JWT_SHARED_SECRET, JWT_ISSUER: 'pms' })).toContain(
      'JWT_ISSUER must not be pms',
    )
    expect(refusal({ ...named, JWT_SHARED_SECRET: 'too short' })).toContain('at least 32 characters')
    expect(refusal({ ...named, JWT_SHARED_SECRET, NODE_ENV: 'production' })).toContain(
      'JWT_SHARED_SECRET must not be one of an example',
    )
    const random = randomBytes(32).toString('hex')
    const strong = { ...named, JWT_SHARED_SECRET: random, NODE_ENV: 'production' }
    expect(readConfig(strong).foreignTokens?.key).toEqual({ kind: 'secret', secret: random })
    expect(refusal({ ...named, JWT_SHARED_SECRET, JWT_SECRET: JWT_SHARED_SECRET })).toContain(
      'JWT_SHARED_SECRET must not be JWT_SECRET',
    )
    const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const weak = generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey
    const other = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey
    const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()
    for (const [key, why] of [
      [privatePem, 'JWT_PUBLIC_KEY must be a public key as PEM'],
      ['-----BEGIN PUBLIC KEY-----\nnonsense\n-----END PUBLIC KEY-----', 'must be a public key as PEM'],
      [spki(weak), 'JWT_PUBLIC_KEY must have at least 2048 bits'],
      [spki(other), 'JWT_PUBLIC_KEY must be a key for RS256, ES256 (P-256) or EdDSA (Ed25519)'],
    ] as const)
      expect(refusal({ ...named, JWT_PUBLIC_KEY: key })).toContain(why)
    for (const url of [
      'http://keys.example.org',
      'https://me:hunter2@keys.example.org',
      'https://me@keys.example.org',
      'keys.json',
      'file:///k',
    ])
      expect(refusal({ ...named, JWT_JWKS_URL: url })).toMatch(
        /JWT_JWKS_URL must be an address.*password in it$/,
      )
    expect(
      refusal({ ...named, JWT_JWKS_URL: 'http://127.0.0.1:8001/keys', NODE_ENV: 'production' }),
    ).toContain('JWT_JWKS_URL must be an address')
  })

  test('several servers are one PostgreSQL, one bus and one secret', () => {
    const DATABASE_URL = 'postgres://pms:hunter2@db.test/pms'
    const REDIS_URL = 'redis://bus.test:6379'
    const together = { DATABASE_URL, REDIS_URL, JWT_SECRET: 'the same for all' }
    expect(readConfig(together)).toMatchObject({ databaseUrl: DATABASE_URL, redisUrl: REDIS_URL })
    expect(readConfig({ DATABASE_URL }).demo).toEqual({ allowed: true, seed: false })
    expect(refusal({ ...together, DATABASE_URL: 'mysql://pms:hunter2@db.test' })).toBe(
      'The configuration is not right:\n  DATABASE_URL must look like postgres://user:password@host:5432/database',
    )
    expect(refusal({ ...together, REDIS_URL: 'http://bus.test' })).toContain(
      'REDIS_URL must look like redis://',
    )
    expect(refusal({ REDIS_URL, JWT_SECRET: 'x' })).toContain('REDIS_URL needs DATABASE_URL')
    expect(refusal({ REDIS_URL, DATABASE_URL })).toContain('REDIS_URL needs JWT_SECRET')
  })

  test('a short secret will do to try things out', () => {
    expect(readConfig({ JWT_SECRET: 'short' }).jwtSecret).toBe('short')
  })

  test('proxies are named by address, network or number, and a moment before the end is had in production', () => {
    expect(readConfig({})).toMatchObject({ trustedProxies: [], drainMs: 0 })
    expect(readConfig({ TRUST_PROXY: '127.0.0.1, 10.0.0.0/8,loopback' }).trustedProxies).toEqual([
      '127.0.0.1',
      '10.0.0.0/8',
      'loopback',
    ])
    expect(readConfig({ TRUST_PROXY: '2', DRAIN_SECONDS: '5' })).toMatchObject({
      trustedProxies: 2,
      drainMs: 5_000,
    })
    expect(readConfig({ NODE_ENV: 'production' }).drainMs).toBe(3_000)
    for (const proxies of ['true', 'nginx', '10.0.0.0/99', '10.0.0.1;10.0.0.2', '-1'])
      expect(refusal({ TRUST_PROXY: proxies })).toContain('TRUST_PROXY must be addresses')
  })

  test('origins are named one by one, as a browser sends them', () => {
    const { allowedOrigins } = readConfig({ CORS_ALLOWED_ORIGINS: 'http://10.0.0.1:3000, https://a.test,' })
    expect(allowedOrigins).toEqual(['http://10.0.0.1:3000', 'https://a.test'])
    expect(refusal({ CORS_ALLOWED_ORIGINS: 'https://a.test,*' })).toContain('must name each origin')
    for (const origin of ['https://a.test/', 'a.test', 'ftp://a.test', 'https://*.a.test/x'])
      expect(refusal({ CORS_ALLOWED_ORIGINS: origin })).toContain('must be origins like')
  })

  test.each([
    [{}, { allowed: true, seed: true }],
    [{ DEMO: '0' }, { allowed: true, seed: false }],
    [{ HOST: '0.0.0.0' }, { allowed: false, seed: false }],
    [
      { HOST: '0.0.0.0', DEMO: '0' },
      { allowed: false, seed: false },
    ],
    [
      { HOST: '0.0.0.0', DEMO: '1' },
      { allowed: true, seed: true },
    ],
    [{ NODE_ENV: 'production' }, { allowed: false, seed: false }],
    [
      { DATABASE_URL: 'postgres://db/pms', DEMO: '1' },
      { allowed: true, seed: true },
    ],
  ])('demo accounts with %o: %o', (variables, demo) => {
    expect(readConfig(variables as Record<string, string>).demo).toEqual(demo)
  })

  test('production has no demo, whatever is asked for', () => {
    expect(refusal({ NODE_ENV: 'production', DEMO: '1' })).toContain('DEMO must not be 1 in production')
  })

  test.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['127.0.0.1.example.org', false],
    ['10.0.0.1', false],
  ])('loopback: %s is %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected)
  })
})

describe('the signing secret', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pms-secret-'))
  const file = join(dir, 'jwt-secret')
  afterEach(() => rmSync(file, { force: true }))

  test('is made once, for its owner only', () => {
    const first = loadSecret(null, dir)
    expect(first.length).toBeGreaterThanOrEqual(32)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(loadSecret(null, dir)).toEqual(first)
    expect(readFileSync(file, 'utf8')).toBe(Buffer.from(first).toString())
  })

  test('that is given is used and not written down', () => {
    expect(Buffer.from(loadSecret('given', dir)).toString()).toBe('given')
    expect(existsSync(file)).toBe(false)
  })
})

/** What everything stands on: the secret that signs, and how it is kept. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadSecret } from '../../apps/server/src/auth/secret.ts'
import { readConfig } from '../../apps/server/src/config.ts'

const folder = mkdtempSync(join(tmpdir(), 'pms-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

const GUESSED = [
  'short',
  'x'.repeat(64),
  'abcabcabcabcabcabcabcabcabcabcabcabc',
  'please-change-me-before-you-go-to-production',
  'my-very-long-jwt-signing-secret-0123456789',
  'correct-horse-battery-password-staple-42',
  'this-is-only-an-example-of-a-long-key-123',
]

test('a secret that can be guessed starts no server in production, and is not repeated', () => {
  for (const JWT_SECRET of GUESSED) {
    const start = () => readConfig({ NODE_ENV: 'production', JWT_SECRET })
    expect(start, JWT_SECRET).toThrow(/JWT_SECRET must/)
    expect(start, JWT_SECRET).not.toThrow(JWT_SECRET)
  }
  for (const JWT_SECRET of [randomBytes(32).toString('hex'), randomBytes(24).toString('base64')])
    expect(readConfig({ NODE_ENV: 'production', JWT_SECRET }).jwtSecret).toBe(JWT_SECRET)
})

test('one that is made here is long, random and for its owner alone; one that was put there instead is not taken', () => {
  const made = Buffer.from(loadSecret(null, folder)).toString()
  expect(made.length).toBeGreaterThanOrEqual(64)
  expect(new Set(made).size).toBeGreaterThan(20)
  const file = join(folder, 'jwt-secret')
  expect(statSync(file).mode & 0o077).toBe(0)
  expect(Buffer.from(loadSecret(null, folder)).toString()).toBe(made)
  for (const guessed of GUESSED) {
    writeFileSync(file, guessed)
    expect(() => loadSecret(null, folder), guessed).toThrow('can be guessed')
  }
})

/** What signs the tokens: whether it can be guessed, and how to see that all servers have the same. */
import { createHmac } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { secretFile } from '../../auth/secret.ts'
import { LEAST_CHARACTERS, LEAST_DIFFERENT, weaknessOf } from '../../auth/secret-strength.ts'
import type { Config } from '../../config.ts'
import { type Finding, ok, wrong } from './finding.ts'

const MAKE_ONE = 'Make one and set it on every server: openssl rand -hex 32'

export async function checkSecret({ jwtSecret, dataDir }: Config): Promise<Finding> {
  const check = 'signing secret'
  if (jwtSecret !== null) {
    const length = jwtSecret.length
    if (length < LEAST_CHARACTERS)
      return wrong(check, `JWT_SECRET has ${length} characters and can be guessed.`, MAKE_ONE)
    if (new Set(jwtSecret).size < LEAST_DIFFERENT)
      return wrong(check, 'JWT_SECRET repeats few characters and can be guessed.', MAKE_ONE)
    if (weaknessOf(jwtSecret) !== null)
      return wrong(check, 'JWT_SECRET reads like one of an example and can be guessed.', MAKE_ONE)
    return ok(
      check,
      `JWT_SECRET is set; its fingerprint is ${fingerprint(jwtSecret)}, and must be that on every server.`,
    )
  }
  const file = secretFile(dataDir)
  const kept = await readFile(file, 'utf8').catch(() => null)
  if (kept === null) return ok(check, 'None is set: one is made at the first start and kept in DATA_DIR.')
  const { mode } = await stat(file)
  if (mode & 0o077)
    return wrong(check, `Other users of this machine can read ${file}.`, `Close it: chmod 600 ${file}`)
  return ok(
    check,
    `One that was made here is kept in ${file}; its fingerprint is ${fingerprint(kept.trim())}. ` +
      'Several servers need JWT_SECRET.',
  )
}

/** Tells two secrets apart, and nothing about either. */
function fingerprint(secret: string): string {
  return createHmac('sha256', secret).update('pms doctor').digest('hex').slice(0, 8)
}

/** The secret that signs tokens: the one that was set, or one made once and kept beside the database. */
import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { weaknessOf } from './secret-strength.ts'

/** Where the one is kept that was made here. */
export const secretFile = (dataDir: string): string => join(dataDir, 'jwt-secret')

/** Two processes that start at once on a new directory end up with the same secret. */
export function loadSecret(given: string | null, dataDir: string): Uint8Array {
  return Buffer.from(given ?? keptSecret(secretFile(dataDir)), 'utf8')
}

function keptSecret(file: string): string {
  const kept = read(file)
  // Made here it was long and random. If it is not any more, somebody wrote it.
  if (kept && weaknessOf(kept) !== null)
    throw new Error(
      `The file ${file} holds a secret that can be guessed. Delete it: a new one is made, and everybody signs in again.`,
    )
  if (kept) return kept
  // Written aside and then linked, so that nobody ever reads half of it and the first one stays.
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(draft)
  }
  const secret = read(file)
  if (!secret)
    throw new Error(
      `The file ${file} is empty. Delete it: a new secret is made, and everybody signs in again.`,
    )
  return secret
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

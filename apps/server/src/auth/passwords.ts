/** Passwords are kept as argon2id hashes, in the PHC form that says how it was made. */
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** What OWASP asks for at least: 19 MiB, two passes. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const SALT_BYTES = 16
const HASH_BYTES = 32

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/

/** In place of the hash of an account that is not there, so that looking it up takes no less time. */
const NOBODYS = phc(Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES))

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  return phc(salt, await derive('argon2id', parameters(password, salt, HASH_BYTES, COST)))
}

/** @param kept null when there is no such account or no password: that takes as long as a wrong password. */
export async function verifyPassword(password: string, kept: string | null): Promise<boolean> {
  const [, memory, passes, parallelism, salt, hash] = PHC.exec(kept ?? NOBODYS) ?? []
  if (salt === undefined || hash === undefined) {
    throw new Error('A password hash in the database has an unknown form')
  }
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const expected = Buffer.from(hash, 'base64')
  const nonce = Buffer.from(salt, 'base64')
  const actual = await derive('argon2id', parameters(password, nonce, expected.length, cost))
  return timingSafeEqual(actual, expected) && kept !== null
}

function phc(salt: Buffer, hash: Buffer): string {
  const { memory, passes, parallelism } = COST
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`
}

function parameters(password: string, nonce: Buffer, tagLength: number, cost: typeof COST): Argon2Parameters {
  // The same letters can be typed as different bytes, depending on the keyboard.
  return { message: Buffer.from(password.normalize('NFC'), 'utf8'), nonce, tagLength, ...cost }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

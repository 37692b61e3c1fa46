/** Passwords are kept as argon2id hashes, in the PHC form that says how it was made. */
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** What OWASP asks for at least: 19 MiB, two passes. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const SALT_BYTES = 16
const HASH_BYTES = 32

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive('argon2id', parameters(password, salt, HASH_BYTES, COST))
  const { memory, passes, parallelism } = COST
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`
}

/** @param kept null when there is no such account or no password: that takes as long as a wrong password. */
export async function verifyPassword(password: string, kept: string | null): Promise<boolean> {
  const [, memory, passes, parallelism, salt, hash] = PHC.exec(kept ?? (await nobodys())) ?? []
  if (salt === undefined || hash === undefined)
    throw new Error('A password hash in the database has an unknown form')
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const expected = Buffer.from(hash, 'base64')
  const actual = await derive(
    'argon2id',
    parameters(password, Buffer.from(salt, 'base64'), expected.length, cost),
  )
  return timingSafeEqual(actual, expected) && kept !== null
}

let nobodysHash: Promise<string> | null = null

/** A hash that no password has, made once. */
function nobodys(): Promise<string> {
  nobodysHash ??= hashPassword(randomBytes(32).toString('hex'))
  return nobodysHash
}

/** Made ahead, so that the first stranger does not wait twice as long as others and learn from it. */
export async function preparePasswords(): Promise<void> {
  await nobodys()
}

function parameters(password: string, nonce: Buffer, tagLength: number, cost: typeof COST): Argon2Parameters {
  // The same letters can be typed as different bytes, depending on the keyboard.
  return { message: Buffer.from(password.normalize('NFC'), 'utf8'), nonce, tagLength, ...cost }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

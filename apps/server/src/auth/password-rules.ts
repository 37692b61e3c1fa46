/** What a password must be, beyond long enough. */
import { unprocessable } from '../http/errors.ts'

const MIN_DIFFERENT_SIGNS = 5

/** @throws 422 when it could be guessed from who it is of, or has too few different signs */
export function assertGoodPassword(password: string, of: { name: string; email: string }): void {
  const plain = password.toLowerCase()
  if (new Set(plain).size < MIN_DIFFERENT_SIGNS)
    throw unprocessable('password', `password must have at least ${MIN_DIFFERENT_SIGNS} different signs`)
  const [account = ''] = of.email.split('@')
  const guesses = [of.email, account, of.name, of.name.replaceAll(/\s+/g, '')]
  if (guesses.some(guess => guess.toLowerCase() === plain))
    throw unprocessable('password', 'password must not be a name or an email address')
}

/** Why a PostgreSQL cannot be opened, for whoever set its address. Never repeats the address: it holds a password. */
import { DatabaseUnavailable } from '@pms/notifier/database'
import { StartError } from './start-error.ts'

/** Classes of SQLSTATE: who may come in, and which databases there are. */
const REFUSED = /^(28|3D)/

/** @param setBy what the address was given by */
export function databaseRefusal(error: unknown, databaseUrl: string, setBy = 'DATABASE_URL'): unknown {
  const cause = error instanceof DatabaseUnavailable ? error.cause : error
  if (!(cause instanceof Error)) return error
  const { hostname, port } = new URL(databaseUrl)
  const where = `The database at ${hostname}:${port || 5432}`
  const code = 'code' in cause ? String(cause.code) : ''
  if (REFUSED.test(code)) return new StartError(`${where} refuses: ${cause.message}. See ${setBy}.`)
  if (error instanceof DatabaseUnavailable)
    return new StartError(`${where} cannot be reached: ${cause.message || code}. See ${setBy}.`)
  return error
}

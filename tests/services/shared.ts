/** Where the servers are that `setup.ts` started. */

/** A server on which test files make databases of their own. */
export const sharedPostgres = (): string => named('TEST_POSTGRES_URL')

export const sharedRedis = (): string => named('TEST_REDIS_URL')

/** A name for the database of which tests make copies; whoever needs it first makes it. */
export const sharedTemplate = (): string => named('TEST_TEMPLATE')

function named(variable: string): string {
  const url = process.env[variable]
  if (!url) throw new Error(`${variable} is not set: tests/services/setup.ts runs before all tests`)
  return url
}

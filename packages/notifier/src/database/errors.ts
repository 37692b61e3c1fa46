/** What can become of a database and its transactions, besides an answer. */

/** The database did not answer, or others were in the way for too long. Nothing of what was asked has happened, or will. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'

  constructor(cause: unknown) {
    super('The database did not do it in time', { cause })
  }
}

/** The connection broke while it committed: whether the transaction happened nobody can tell. Never repeated silently. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'

  constructor(cause: unknown) {
    super('The connection to the database broke while it committed', { cause })
  }
}

/** A newer version of the application has taken away from this database what this one needs. */
export class DatabaseNewer extends Error {
  override readonly name = 'DatabaseNewer'

  constructor(migrations: readonly string[]) {
    super(`The database has been changed by a newer version: ${migrations.join(', ')}`)
  }
}

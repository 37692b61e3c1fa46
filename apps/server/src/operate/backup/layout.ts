/** What the parts of a backup are called, and what is put aside to make room for one. */

export const DATABASE_FILES = { sqlite: 'database.sqlite', postgres: 'database.dump' } as const
/** A folder. */
export const ATTACHMENTS = 'attachments'
export const SECRET = 'jwt-secret'

/** What was there before a restore keeps this name, and when that was. */
export const BEFORE_RESTORE = 'before_restore_'

export const asideName = (now: Date): string =>
  `${BEFORE_RESTORE}${now.toISOString().replace(/\D/g, '').slice(0, 14)}`

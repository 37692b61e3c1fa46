/** Calls that were made under an `Idempotency-Key`, and how each was answered. */

export interface IdempotencyTables {
  idempotent_calls: IdempotentCallTable
}

export interface IdempotentCallTable {
  /** SHA-256 of who called, method and path, and the key. */
  id: string
  /** SHA-256 of what was sent. */
  fingerprint: string
  status: number
  /** JSON, without what is said only once. */
  answer: string
  created_at: string
}

/** What a feature does with the open work of somebody who leaves; each feature that has some hands one of these in. */
import type { PersonRef } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { Caller } from './auth/caller.ts'
import type { Tables, Tx } from './database.ts'

export interface Handover {
  /** In the plural, as it stands beside a number: goals. */
  readonly kind: string
  /** How much of it is open. */
  count(db: Kysely<Tables>, userId: string): Promise<number>
  /**
   * Gives all of it to somebody who is active. Requests to approvers need not be moved: it is enough to say whose the
   * work is now (`reassignRequest`), they go along afterwards.
   */
  handOver(tx: Tx, caller: Caller, from: PersonRef, to: PersonRef): Promise<void>
}

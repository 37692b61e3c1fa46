/** What a feature tells of the things of its own that await somebody, for the one list of all of them. */
import type { ApprovalItem, ApprovalKind, Decision } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { Caller } from './auth/caller.ts'
import type { Tables } from './database.ts'

export interface ApprovalSource {
  /** What awaits this caller, in any order. */
  awaiting(db: Kysely<Tables>, caller: Caller): Promise<ApprovalItem[]>
  /** What this caller asked for and others have yet to decide, in any order. */
  sent(db: Kysely<Tables>, caller: Caller): Promise<ApprovalItem[]>
  /** By kind, for those that are decided from the list: the same verbs as on the thing's own page. */
  decide: Partial<Record<ApprovalKind, Decide>>
}

/**
 * Decides about one, in a transaction of its own. It is asked only for decisions of this kind, and always with a reason
 * where one is needed.
 * @returns what the thing is now
 * @throws a problem when it is refused
 */
export type Decide = (
  caller: Caller,
  id: string,
  decision: Decision,
  more: { reason: string; revision?: number },
) => Promise<string>

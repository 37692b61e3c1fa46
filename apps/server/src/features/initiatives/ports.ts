/** What initiatives need of other parts; handed in where the application is put together. */
import type { Attachment } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { Caller } from '../../auth/caller.ts'
import type { AppDatabase, Tables, Tx } from '../../database.ts'
import type { Organisation } from '../../organisation.ts'

export interface InitiativeParts {
  database: AppDatabase
  people: Organisation
  goals: InitiativeGoals
  files: InitiativeFiles
  /** Of the organisation: what is due on a day is late when that day ends there. */
  timeZone: string
}

export interface InitiativeGoals {
  /** A goal, if the caller can see it. */
  find(db: Kysely<Tables>, caller: Caller, goalId: string): Promise<{ id: string; title: string } | undefined>
}

export interface InitiativeFiles {
  /**
   * Makes files that the caller uploaded part of the initiative.
   * @throws 422 with the field `attachment_ids` for what is not theirs, or belongs to something already
   */
  claim(tx: Tx, caller: Caller, ids: readonly string[], initiativeId: string): Promise<void>
  of(db: Kysely<Tables>, initiativeId: string): Promise<Attachment[]>
}

/** What features need to know of people; handed to each where the application is put together. */
import type { Permission, PersonRef, UserStatus } from '@pms/contract'
import type { Expression, Kysely } from 'kysely'
import type { Tables } from './database.ts'

export interface Organisation {
  /**
   * Who decides about this person's work now; empty when nobody can. Never the person.
   * @param except who must not decide either: those who share the work
   */
  approversOf(db: Kysely<Tables>, userId: string, except?: readonly string[]): Promise<PersonRef[]>
  /** Whether `bossId` stands anywhere above `userId`. */
  isAbove(db: Kysely<Tables>, bossId: string, userId: string): Promise<boolean>
  /** Ids of everybody above one of these people, at any height: whose pages of their teams show them. */
  aboveIds(db: Kysely<Tables>, userIds: readonly string[] | Expression<string>): Promise<string[]>
  /** Ids of those who hold this permission and may sign in: whose pages show what it opens. */
  holdersOf(db: Kysely<Tables>, permission: Permission): Promise<string[]>
  /** Ids of everybody below this person, at any depth, for use inside a query. */
  teamIds(db: Kysely<Tables>, userId: string): Expression<string>
  /** Ids of those for whom this person decides now in the place of a supervisor who is away, for use inside a query. */
  standInIds(db: Kysely<Tables>, userId: string): Expression<string>
  /** Ids of a unit and of all below it, for use inside a query. */
  unitIds(db: Kysely<Tables>, unitId: string): Expression<string>
  /** The one person with this id. */
  findPerson(db: Kysely<Tables>, userId: string): Promise<(PersonRef & { status: UserStatus }) | undefined>
}

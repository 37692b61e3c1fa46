/** Who decides about an initiative, what a caller is to it, and whether they can see it at all. */
import type { PersonRef } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { Caller } from '../../auth/caller.ts'
import type { Tables } from '../../database.ts'
import type { Organisation } from '../../organisation.ts'
import type { Relation } from './policy.ts'
import type { InitiativeTable } from './tables.ts'
import { type Team, teamOf } from './team.ts'

type Db = Kysely<Tables>
type People = Pick<InitiativeTable, 'creator_id' | 'head_id'>

/** Who decides whether a proposal is to be done: as things are now. */
export function approversOf(
  db: Db,
  people: Organisation,
  { creator_id }: People,
  team: Team,
): Promise<PersonRef[]> {
  return people.approversOf(db, creator_id, team.everIds)
}

/** Who reviews it, and decides about more time for it: as things are now. */
export function reviewersOf(
  db: Db,
  people: Organisation,
  { head_id }: People,
  team: Team,
): Promise<PersonRef[]> {
  return people.approversOf(db, head_id, team.everIds)
}

export async function relationTo(
  db: Db,
  people: Organisation,
  caller: Caller,
  initiative: People,
  team: Team,
): Promise<Relation> {
  const isCaller = (person: PersonRef) => person.id === caller.id
  return {
    isCreator: initiative.creator_id === caller.id,
    isHead: initiative.head_id === caller.id,
    isApprover: (await approversOf(db, people, initiative, team)).some(isCaller),
    isReviewer: (await reviewersOf(db, people, initiative, team)).some(isCaller),
    isSupervisor:
      !team.assigneeIds.includes(caller.id) && (await people.isAbove(db, caller.id, initiative.head_id)),
  }
}

/**
 * Whether the caller may see it: they made it, work on it, decide about it, stand above one of those who made it or
 * work on it or in the place of such a one, or may see everybody's goals, whose means initiatives are.
 */
export async function canSee(
  db: Db,
  people: Organisation,
  caller: Caller,
  initiative: People,
  team: Team,
): Promise<boolean> {
  const own = [...new Set([initiative.creator_id, ...team.assigneeIds])]
  if (own.includes(caller.id) || caller.permissions.has('goals.view_all')) return true
  for (const id of own) if (await people.isAbove(db, caller.id, id)) return true
  const standsIn = await db
    .selectFrom('users')
    .select('id')
    .where('id', 'in', [initiative.creator_id, initiative.head_id])
    .where('id', 'in', people.standInIds(db, caller.id))
    .executeTakeFirst()
  if (standsIn) return true
  const deciders = [
    ...(await approversOf(db, people, initiative, team)),
    ...(await reviewersOf(db, people, initiative, team)),
  ]
  return deciders.some(person => person.id === caller.id)
}

/** Whether the caller may see the initiative with this id, and all that belongs to it. */
export async function canSeeInitiative(
  db: Db,
  people: Organisation,
  caller: Caller,
  id: string,
): Promise<boolean> {
  const initiative = await db.selectFrom('initiatives').selectAll().where('id', '=', id).executeTakeFirst()
  return initiative !== undefined && canSee(db, people, caller, initiative, await teamOf(db, id))
}

/** What a caller is to a goal, and whether they can see it at all. */
import type { Kysely } from 'kysely'
import type { Caller } from '../../auth/caller.ts'
import type { Tables } from '../../database.ts'
import type { Organisation } from '../../organisation.ts'
import { isOrganisational, type Relation } from './policy.ts'
import type { GoalTable } from './tables.ts'

export async function relationTo(
  db: Kysely<Tables>,
  people: Organisation,
  caller: Caller,
  goal: GoalTable,
): Promise<Relation> {
  const isOwner = goal.owner_id === caller.id
  const isKeeper = isOrganisational(goal) && caller.permissions.has('goals.organisation')
  return {
    isOwner,
    isOriginator: (goal.assigned_by_id ?? goal.owner_id) === caller.id,
    isApprover:
      !isOwner &&
      (isKeeper || (!isOrganisational(goal) && (await decidesFor(db, people, caller, goal.owner_id)))),
    isKeeper,
  }
}

/** Whether the caller may see the goal: it is everybody's, theirs, of somebody below them, or awaits them. */
export async function canSee(
  db: Kysely<Tables>,
  people: Organisation,
  caller: Caller,
  goal: GoalTable,
): Promise<boolean> {
  return (
    isOrganisational(goal) ||
    goal.owner_id === caller.id ||
    goal.assigned_by_id === caller.id ||
    caller.permissions.has('goals.view_all') ||
    (await people.isAbove(db, caller.id, goal.owner_id)) ||
    (await decidesFor(db, people, caller, goal.owner_id))
  )
}

/** Whether this caller is the one, or one of those, who decide about the owner's goals now. */
async function decidesFor(
  db: Kysely<Tables>,
  people: Organisation,
  caller: Caller,
  ownerId: string,
): Promise<boolean> {
  return (await people.approversOf(db, ownerId)).some(person => person.id === caller.id)
}

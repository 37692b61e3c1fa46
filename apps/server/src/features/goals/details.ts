/** Rules about what a goal says that no schema can tell: they need another field, or another row. */
import type { EditGoalBody } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { Caller } from '../../auth/caller.ts'
import type { Tables } from '../../database.ts'
import { unprocessable } from '../../http/errors.ts'
import type { Organisation } from '../../organisation.ts'
import { canSee } from './relation.ts'
import type { GoalTable } from './tables.ts'

/** The part of a goal that its originator writes. */
export type GoalDetails = Pick<
  GoalTable,
  'title' | 'description' | 'quarter' | 'year' | 'start_date' | 'end_date' | 'parent_goal_id'
>

/** What a body says, on top of what was said before; nothing said is nothing there. */
export function mergeDetails(body: EditGoalBody, before?: GoalDetails): GoalDetails {
  const pick = <K extends keyof GoalDetails>(key: K, otherwise: GoalDetails[K]) =>
    (body[key] === undefined ? (before?.[key] ?? otherwise) : body[key]) as GoalDetails[K]
  return {
    title: pick('title', '').trim(),
    description: pick('description', null),
    quarter: pick('quarter', null),
    year: pick('year', 0),
    start_date: pick('start_date', null),
    end_date: pick('end_date', null),
    parent_goal_id: pick('parent_goal_id', null),
  }
}

export function changedFields(before: GoalDetails, after: GoalDetails): string[] {
  return (Object.keys(after) as (keyof GoalDetails)[]).filter(key => before[key] !== after[key])
}

/** Throws 422 with the field when the details do not make sense together. */
export async function checkDetails(
  db: Kysely<Tables>,
  people: Organisation,
  caller: Caller,
  goal: GoalDetails & Pick<GoalTable, 'type'> & { id?: string },
): Promise<void> {
  if (goal.type === 'YEARLY' && goal.quarter !== null) {
    throw unprocessable('quarter', 'quarter must be left out: a yearly goal has none')
  }
  if (goal.type !== 'YEARLY' && goal.quarter === null) {
    throw unprocessable(
      'quarter',
      `quarter is required for ${goal.type === 'INDIVIDUAL' ? 'an individual' : 'a quarterly'} goal`,
    )
  }
  if (goal.start_date !== null && goal.end_date !== null && goal.end_date < goal.start_date) {
    throw unprocessable('end_date', 'end_date must not be before start_date')
  }
  if (goal.parent_goal_id === null) return
  if (goal.parent_goal_id === goal.id)
    throw unprocessable('parent_goal_id', 'parent_goal_id must be another goal')

  const parent = await db
    .selectFrom('goals')
    .selectAll()
    .where('id', '=', goal.parent_goal_id)
    .executeTakeFirst()
  if (!parent || !(await canSee(db, people, caller, parent))) {
    throw unprocessable('parent_goal_id', 'parent_goal_id is not a goal that you can see')
  }
  if (goal.id !== undefined && (await servesAlready(db, parent.id, goal.id))) {
    throw unprocessable(
      'parent_goal_id',
      'parent_goal_id serves this goal already: goals cannot serve each other',
    )
  }
}

/** Whether `goalId` is somewhere above `fromId`. */
async function servesAlready(db: Kysely<Tables>, fromId: string, goalId: string): Promise<boolean> {
  const above = await db
    .withRecursive('above(id)', cte =>
      cte
        .selectFrom('goals')
        .select('parent_goal_id as id')
        .where('goals.id', '=', fromId)
        .union(
          cte
            .selectFrom('goals')
            .innerJoin('above', 'above.id', 'goals.id')
            .select('goals.parent_goal_id as id'),
        ),
    )
    .selectFrom('above')
    .select('id')
    .where('id', '=', goalId)
    .executeTakeFirst()
  return above !== undefined
}

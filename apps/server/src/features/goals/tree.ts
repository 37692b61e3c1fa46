/** The organisation's goals as a tree, read level by level: what a caller may see of it, and how much is beneath. */
import type { GoalBranchPage, GoalTreeQuery } from '@pms/contract'
import type { ExpressionBuilder, Kysely } from 'kysely'
import type { Caller } from '../../auth/caller.ts'
import type { Tables } from '../../database.ts'
import { notFound } from '../../http/errors.ts'
import type { Organisation } from '../../organisation.ts'
import { pageOf } from '../../paging.ts'
import { selectGoals, showAll, withNames } from './queries.ts'
import { canSee } from './relation.ts'

type Db = Kysely<Tables>

/**
 * One level: what is part of a goal; or the top, where whatever is part of nothing else that is selected stands. So each
 * goal that the filters leave is found, however much they leave out above it. 404 for what is part of a goal that
 * the caller may not see.
 */
export async function goalBranches(
  db: Db,
  people: Organisation,
  caller: Caller,
  query: GoalTreeQuery,
): Promise<GoalBranchPage> {
  const { parent_goal_id: parentId } = query
  if (parentId !== undefined) await assertSeen(db, people, caller, parentId)
  const selected = selectGoals(db, people, caller, query).where(eb =>
    parentId === undefined
      ? eb.and([
          isOrganisational(eb),
          eb.or([
            eb('goals.parent_goal_id', 'is', null),
            eb(
              'goals.parent_goal_id',
              'not in',
              selectGoals(db, people, caller, query).where(isOrganisational).select('goals.id'),
            ),
          ]),
        ])
      : eb('goals.parent_goal_id', '=', parentId),
  )

  const { total } = await selected
    .select(eb => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  // As a year goes by: its own goals, those of its quarters, and in each the older ones first.
  const rows = await withNames(selected)
    .orderBy('goals.year', 'desc')
    .orderBy(eb => eb.fn.coalesce('goals.quarter', eb.val('')))
    .orderBy('goals.created_at')
    .orderBy('goals.id')
    .offset(query.skip)
    .limit(query.limit)
    .execute()
  const goals = await showAll(db, people, caller, rows)
  const beneath = await countBeneath(db, people, caller, query, rows)
  const items = goals.map(goal => ({ ...goal, children: beneath.get(goal.id) ?? 0 }))
  return pageOf(items, total, query.skip)
}

async function assertSeen(db: Db, people: Organisation, caller: Caller, id: string): Promise<void> {
  const goal = await db.selectFrom('goals').selectAll().where('id', '=', id).executeTakeFirst()
  if (!goal || !(await canSee(db, people, caller, goal))) throw notFound('goal')
}

/** How many selected goals are part of each of these. */
async function countBeneath(
  db: Db,
  people: Organisation,
  caller: Caller,
  query: GoalTreeQuery,
  goals: readonly { id: string }[],
): Promise<Map<string | null, number>> {
  if (goals.length === 0) return new Map()
  const ids = goals.map(({ id }) => id)
  const counts = await selectGoals(db, people, caller, query)
    .where('goals.parent_goal_id', 'in', ids)
    .groupBy('goals.parent_goal_id')
    .select(eb => ['goals.parent_goal_id', eb.fn.countAll<number>().as('count')])
    .execute()
  return new Map(counts.map(({ parent_goal_id, count }) => [parent_goal_id, Number(count)]))
}

/** Named by what it is, not by what it is not: so that an index can find the few among all. */
const isOrganisational = (eb: ExpressionBuilder<Tables, 'goals'>) =>
  eb('goals.type', 'in', ['YEARLY', 'QUARTERLY'])

/** Reading goals, as the caller may see them. */
import type { Goal, GoalDetail, GoalPage, GoalQuery, PersonRef } from '@pms/contract'
import type { Expression, ExpressionBuilder, Kysely, SelectQueryBuilder, SqlBool } from 'kysely'
import type { Caller } from '../../auth/caller.ts'
import { contains } from '../../contains.ts'
import type { Tables } from '../../database.ts'
import type { Organisation } from '../../organisation.ts'
import { pageOf } from '../../paging.ts'
import { frozenQuarters } from './freezes.ts'
import { allowedActions } from './policy.ts'
import { canSee, relationTo } from './relation.ts'

type Db = Kysely<Tables>

/** Goals that this query selects among those the caller may see, newest first. */
export async function listGoals(
  db: Db,
  people: Organisation,
  caller: Caller,
  query: GoalQuery,
): Promise<GoalPage> {
  const inScope = await scopeOf(db, people, caller, query.scope)
  const selected = selectGoals(db, people, caller, query)
    .where(inScope)
    .$if(query.owner_id !== undefined, q => q.where('goals.owner_id', '=', query.owner_id ?? ''))
    .$if(query.type !== undefined, q => q.where('goals.type', '=', query.type ?? 'INDIVIDUAL'))

  const { total } = await selected
    .select(eb => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await withNames(selected)
    .orderBy('goals.created_at', 'desc')
    .orderBy('goals.id', 'desc')
    .offset(query.skip)
    .limit(query.limit)
    .execute()
  const items = await showAll(db, people, caller, rows)
  return pageOf(items, total, query.skip)
}

/** The goals that the caller may see, as far as they are what is narrowed by. */
export function selectGoals(
  db: Db,
  people: Organisation,
  caller: Caller,
  by: Pick<GoalQuery, 'status' | 'year' | 'quarter' | 'search'>,
) {
  return db
    .selectFrom('goals')
    .where(eb => seenBy(eb, db, people, caller))
    .$if(by.status !== undefined, q => q.where('goals.status', '=', by.status ?? 'ACTIVE'))
    .$if(by.year !== undefined, q => q.where('goals.year', '=', by.year ?? 0))
    .$if(by.quarter !== undefined, q => q.where('goals.quarter', '=', by.quarter ?? 'Q1'))
    .$if(by.search !== undefined, q => q.where(eb => contains(eb.ref('goals.title'), by.search ?? '')))
}

/** All goals that wait for the caller to decide, or for others to decide as the caller asked them to. */
export async function waitingGoals(
  db: Db,
  people: Organisation,
  caller: Caller,
  scope: 'waiting' | 'sent',
): Promise<Goal[]> {
  const isSent: Condition = eb =>
    eb.or([
      eb.and([eb('goals.status', '=', 'PENDING_APPROVAL'), eb('goals.owner_id', '=', caller.id)]),
      eb.and([eb('goals.status', '=', 'PENDING_ACCEPTANCE'), eb('goals.assigned_by_id', '=', caller.id)]),
    ])
  const isWanted = scope === 'sent' ? isSent : await scopeOf(db, people, caller, scope)
  const rows = await withNames(db.selectFrom('goals').where(isWanted)).execute()
  return showAll(db, people, caller, rows)
}

/** One goal with its history; undefined when it is not there or not the caller's to see. */
export async function goalDetail(
  db: Db,
  people: Organisation,
  caller: Caller,
  id: string,
): Promise<GoalDetail | undefined> {
  const row = await withNames(db.selectFrom('goals').where('goals.id', '=', id)).executeTakeFirst()
  if (!row || !(await canSee(db, people, caller, row))) return undefined
  const parent = row.parent_goal_id
    ? await db.selectFrom('goals').selectAll().where('id', '=', row.parent_goal_id).executeTakeFirst()
    : undefined
  const parentIsSeen = parent !== undefined && (await canSee(db, people, caller, parent))
  const show = await goalView(db, people, caller)
  return {
    ...(await show(row)),
    parent_goal: parentIsSeen ? { id: parent.id, title: parent.title } : null,
    history: await history(db, id),
  }
}

async function history(db: Db, goalId: string): Promise<GoalDetail['history']> {
  const rows = await db
    .selectFrom('goal_events')
    .innerJoin('users', 'users.id', 'goal_events.actor_id')
    .selectAll('goal_events')
    .select('users.name as actor_name')
    .where('goal_id', '=', goalId)
    .orderBy('goal_events.id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    event: row.event,
    actor: { id: row.actor_id, name: row.actor_name },
    from_status: row.from_status,
    to_status: row.to_status,
    note: row.note,
    percent: row.percent,
    changed_fields: JSON.parse(row.changed_fields),
    created_at: row.created_at,
  }))
}

/** Adds the names that a goal is shown with. */
export function withNames<O>(goals: SelectQueryBuilder<Tables, 'goals', O>) {
  return goals
    .innerJoin('users as owner', 'owner.id', 'goals.owner_id')
    .leftJoin('users as assigner', 'assigner.id', 'goals.assigned_by_id')
    .leftJoin('org_units as unit', 'unit.id', 'goals.unit_id')
    .selectAll('goals')
    .select(['owner.name as owner_name', 'assigner.name as assigner_name', 'unit.name as unit_name'])
}

export type NamedGoal = Tables['goals'] & {
  owner_name: string
  assigner_name: string | null
  unit_name: string | null
}

export async function showAll(
  db: Db,
  people: Organisation,
  caller: Caller,
  rows: readonly NamedGoal[],
): Promise<Goal[]> {
  const show = await goalView(db, people, caller)
  const goals: Goal[] = []
  for (const row of rows) goals.push(await show(row))
  return goals
}

/** Shows goals to a caller; asks once for the approvers of each owner, and for the quarters that are frozen. */
async function goalView(
  db: Db,
  people: Organisation,
  caller: Caller,
): Promise<(goal: NamedGoal) => Promise<Goal>> {
  const isFrozen = await frozenQuarters(db)
  const approvers = new Map<string, Promise<PersonRef[]>>()
  const remembering: Organisation = {
    ...people,
    approversOf(_db, userId) {
      const known = approvers.get(userId) ?? people.approversOf(db, userId)
      approvers.set(userId, known)
      return known
    },
  }

  async function waitingOn(goal: NamedGoal): Promise<PersonRef[]> {
    if (goal.status === 'PENDING_APPROVAL') return remembering.approversOf(db, goal.owner_id)
    if (goal.status === 'PENDING_ACCEPTANCE') return [{ id: goal.owner_id, name: goal.owner_name }]
    return []
  }

  return async goal => ({
    id: goal.id,
    type: goal.type,
    title: goal.title,
    description: goal.description,
    status: goal.status,
    quarter: goal.quarter,
    year: goal.year,
    start_date: goal.start_date,
    end_date: goal.end_date,
    progress: goal.progress,
    revision: goal.revision,
    owner: { id: goal.owner_id, name: goal.owner_name },
    assigned_by:
      goal.assigned_by_id !== null ? { id: goal.assigned_by_id, name: goal.assigner_name ?? '' } : null,
    unit: goal.unit_id !== null ? { id: goal.unit_id, name: goal.unit_name ?? '' } : null,
    parent_goal_id: goal.parent_goal_id,
    waiting_on: await waitingOn(goal),
    waiting_since: goal.waiting_since,
    reason: goal.reason,
    created_at: goal.created_at,
    updated_at: goal.updated_at,
    allowed_actions: allowedActions(await relationTo(db, remembering, caller, goal), goal, isFrozen(goal)),
  })
}

type Condition = (eb: ExpressionBuilder<Tables, 'goals'>) => Expression<SqlBool>

/**
 * The same as `canSee`, for many goals at once: whoever decides for somebody is above them, in the place of somebody
 * above them, or may see all.
 */
function seenBy(eb: ExpressionBuilder<Tables, 'goals'>, db: Db, people: Organisation, caller: Caller) {
  if (caller.permissions.has('goals.view_all')) return eb.lit(true)
  return eb.or([
    eb('goals.type', '!=', 'INDIVIDUAL'),
    eb('goals.owner_id', '=', caller.id),
    eb('goals.assigned_by_id', '=', caller.id),
    eb('goals.owner_id', 'in', people.teamIds(db, caller.id)),
    eb('goals.owner_id', 'in', people.standInIds(db, caller.id)),
  ])
}

async function scopeOf(
  db: Db,
  people: Organisation,
  caller: Caller,
  scope: GoalQuery['scope'],
): Promise<Condition> {
  switch (scope) {
    case undefined:
      return eb => eb.lit(true)
    case 'mine':
      return eb => eb('goals.owner_id', '=', caller.id)
    case 'team':
      return eb => eb('goals.owner_id', 'in', people.teamIds(db, caller.id))
    case 'organisation':
      return eb => eb('goals.type', '!=', 'INDIVIDUAL')
    case 'waiting': {
      const owners = await ownersAwaiting(db, people, caller)
      return eb =>
        eb.or([
          eb.and([eb('goals.status', '=', 'PENDING_ACCEPTANCE'), eb('goals.owner_id', '=', caller.id)]),
          ...owners.map(id =>
            eb.and([eb('goals.status', '=', 'PENDING_APPROVAL'), eb('goals.owner_id', '=', id)]),
          ),
        ])
    }
  }
}

/** Whose goals wait for this caller's approval: as resolved now, not as it was when they were sent. */
async function ownersAwaiting(db: Db, people: Organisation, caller: Caller): Promise<string[]> {
  const owners = await db
    .selectFrom('goals')
    .select('goals.owner_id')
    .distinct()
    .where('goals.status', '=', 'PENDING_APPROVAL')
    .where(eb => seenBy(eb, db, people, caller))
    .execute()
  const awaiting: string[] = []
  for (const { owner_id } of owners) {
    const approvers = await people.approversOf(db, owner_id)
    if (approvers.some(person => person.id === caller.id)) awaiting.push(owner_id)
  }
  return awaiting
}

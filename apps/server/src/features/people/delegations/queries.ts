/** Reading delegations, as the caller may see them: those of either side, and whoever keeps accounts. */
import { DELEGATION_ACTIONS, type Delegation, type DelegationPage, type DelegationQuery } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { Caller } from '../../../auth/caller.ts'
import type { Day } from '../../../calendar.ts'
import type { Tables } from '../../../database.ts'
import { pageOf } from '../../../paging.ts'
import { relationTo } from '../policy.ts'
import { DELEGATION_RULES, type Relation, stateOn } from './policy.ts'

/** Those that begin last come first. */
export async function listDelegations(
  db: Kysely<Tables>,
  today: Day,
  caller: Caller,
  query: DelegationQuery,
): Promise<DelegationPage> {
  const { user_id, state, skip, limit } = query
  let selected = seenBy(db, caller)
  if (user_id)
    selected = selected.where(({ eb, or }) =>
      or([eb('delegations.user_id', '=', user_id), eb('delegations.delegate_id', '=', user_id)]),
    )
  if (state === 'planned') selected = selected.where('delegations.from_day', '>', today)
  if (state === 'running') selected = selected.where('delegations.from_day', '<=', today)
  if (state === 'running') selected = selected.where('delegations.to_day', '>=', today)
  if (state === 'over') selected = selected.where('delegations.to_day', '<', today)
  const { total } = await selected
    .clearSelect()
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await selected
    .orderBy('delegations.from_day', 'desc')
    .orderBy('delegations.id', 'desc')
    .offset(skip)
    .limit(limit)
    .execute()
  return pageOf(
    rows.map(row => toDelegation(row, today, caller)),
    total,
    skip,
  )
}

/** Undefined when it is not there or not the caller's to see. */
export async function findDelegation(
  db: Kysely<Tables>,
  today: Day,
  caller: Caller,
  id: string,
): Promise<Delegation | undefined> {
  const row = await seenBy(db, caller).where('delegations.id', '=', id).executeTakeFirst()
  return row && toDelegation(row, today, caller)
}

/** What a caller is to a delegation of this person. */
export function relationOf(caller: Caller, user: Parameters<typeof relationTo>[1]): Relation {
  const { isSelf, isManager } = relationTo(caller, user)
  return { isKeeper: isSelf || isManager }
}

function seenBy(db: Kysely<Tables>, caller: Caller) {
  const all = db
    .selectFrom('delegations')
    .innerJoin('users as person', 'person.id', 'delegations.user_id')
    .innerJoin('users as delegate', 'delegate.id', 'delegations.delegate_id')
    .selectAll('delegations')
    .select(['person.name as user_name', 'person.role as user_role', 'delegate.name as delegate_name'])
  if (caller.permissions.has('users.manage')) return all
  return all.where(({ eb, or }) =>
    or([eb('delegations.user_id', '=', caller.id), eb('delegations.delegate_id', '=', caller.id)]),
  )
}

type Row = Awaited<ReturnType<ReturnType<typeof seenBy>['execute']>>[number]

function toDelegation(row: Row, today: Day, caller: Caller): Delegation {
  const state = stateOn(today, row)
  const relation = relationOf(caller, { id: row.user_id, role: row.user_role })
  return {
    id: row.id,
    user: { id: row.user_id, name: row.user_name },
    delegate: { id: row.delegate_id, name: row.delegate_name },
    from: row.from_day,
    to: row.to_day,
    reason: row.reason,
    state,
    created_at: row.created_at,
    allowed_actions: DELEGATION_ACTIONS.filter(action => {
      const rule = DELEGATION_RULES[action]
      return rule.who(relation) && rule.from.includes(state)
    }),
  }
}

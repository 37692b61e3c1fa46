/** Naming who decides in one's place while away, and taking it back. Open requests go along at once, or on the day. */
import type { CreateDelegationBody } from '@pms/contract'
import { newId } from '@pms/notifier/database'
import { recordAudit } from '../../../audit/record.ts'
import type { Caller } from '../../../auth/caller.ts'
import { type Day, dayInWords } from '../../../calendar.ts'
import type { AppDatabase, Tx } from '../../../database.ts'
import { conflict, forbidden, notFound, unprocessable } from '../../../http/errors.ts'
import { assertActive, openAccount } from '../accounts.ts'
import { type Follow, followLines } from '../following.ts'
import type { DelegationTable } from '../tables.ts'
import { tellOfAbsence } from '../telling.ts'
import { DELEGATION_RULES, stateOn } from './policy.ts'
import { findDelegation, relationOf } from './queries.ts'

export type DelegationActions = ReturnType<typeof delegationActions>

export interface DelegationActionsOptions {
  database: AppDatabase
  today: () => Day
  follow: Follow
}

/** The verbs. Refusals are thrown as problems. */
export function delegationActions({ database, today, follow }: DelegationActionsOptions) {
  return {
    /** @returns the id of the delegation */
    create: (caller: Caller, body: CreateDelegationBody): Promise<string> =>
      database.transaction(async tx => {
        const { user_id = caller.id, delegate_id, from, to, reason = null } = body
        const person = await openAccount(tx, caller, user_id, 'delegate')
        if (delegate_id === person.id) throw unprocessable('delegate_id', 'Nobody stands in for themselves')
        await assertActive(tx, 'delegate_id', delegate_id, 'delegate')
        if (to < from) throw unprocessable('to', 'to must not be before from')
        if (to < today()) throw unprocessable('to', 'to must not be in the past')
        await assertNoOverlap(tx, person, from, to)

        const row: DelegationTable = {
          id: newId(),
          user_id: person.id,
          delegate_id,
          from_day: from,
          to_day: to,
          reason,
          followed: stateOn(today(), { from_day: from, to_day: to }),
          created_at: tx.now,
        }
        await tx.db.insertInto('delegations').values(row).execute()
        await record(tx, caller, row, 'created')
        if (row.followed === 'running') await followLines(tx, follow, [person.id])
        return row.id
      }),

    /** Takes it back; whoever is away decides again, or has nobody in their place. */
    cancel: (caller: Caller, id: string): Promise<void> =>
      database.transaction(async tx => {
        const row = await tx.capabilities
          .lockRows(tx.db.selectFrom('delegations').selectAll().where('id', '=', id))
          .executeTakeFirst()
        if (!row || !(await findDelegation(tx.db, today(), caller, id))) throw notFound('delegation')
        const person = await tx.db
          .selectFrom('users')
          .select(['id', 'role'])
          .where('id', '=', row.user_id)
          .executeTakeFirstOrThrow()
        const rule = DELEGATION_RULES.cancel
        if (!rule.who(relationOf(caller, person)))
          throw forbidden('Only who is away, or keeps their account, can take this delegation back')
        const state = stateOn(today(), row)
        if (!rule.from.includes(state))
          throw conflict(`This delegation ended on ${dayInWords(row.to_day)}`, { currentStatus: state })
        await tx.db.deleteFrom('delegations').where('id', '=', id).execute()
        await record(tx, caller, row, 'cancelled')
        await followLines(tx, follow, [row.user_id])
      }),
  }
}

/** One day, one delegate: else it would be chance who decides. */
async function assertNoOverlap(
  tx: Tx,
  person: { id: string; name: string },
  from: Day,
  to: Day,
): Promise<void> {
  const other = await tx.db
    .selectFrom('delegations')
    .select(['from_day', 'to_day'])
    .where('user_id', '=', person.id)
    .where('from_day', '<=', to)
    .where('to_day', '>=', from)
    .orderBy('from_day')
    .executeTakeFirst()
  if (!other) return
  const days = `${dayInWords(other.from_day)} to ${dayInWords(other.to_day)}`
  throw conflict(`Somebody stands in for ${person.name} from ${days} already`, { code: 'overlap' })
}

async function record(
  tx: Tx,
  caller: Caller,
  row: DelegationTable,
  event: 'created' | 'cancelled',
): Promise<void> {
  const { id, user_id, delegate_id, from_day, to_day, followed } = row
  await recordAudit(tx, {
    actor: caller,
    action: `delegation.${event}`,
    object: { type: 'delegation', id },
    detail: { user_id, delegate_id, from: from_day, to: to_day },
  })
  await tellOfAbsence(tx, row, followed === 'running', [caller.id])
}

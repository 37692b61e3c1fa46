/** Rules about what an initiative says that no schema can tell: they need another field, another row, or the day. */
import type { EditInitiativeBody } from '@pms/contract'
import type { Caller } from '../../auth/caller.ts'
import { type Day, dayAt } from '../../calendar.ts'
import type { Tx } from '../../database.ts'
import { unprocessable } from '../../http/errors.ts'
import type { InitiativeParts } from './ports.ts'
import type { InitiativeTable } from './tables.ts'

/** The part of an initiative that its creator writes, but for the people. */
export type InitiativeDetails = Pick<
  InitiativeTable,
  'title' | 'description' | 'urgency' | 'due_date' | 'goal_id'
>

/** What a body says, on top of what was said before; nothing said is nothing there. */
export function mergeDetails(body: EditInitiativeBody, before?: InitiativeDetails): InitiativeDetails {
  const pick = <K extends keyof InitiativeDetails>(key: K, otherwise: InitiativeDetails[K]) =>
    (body[key] === undefined ? (before?.[key] ?? otherwise) : body[key]) as InitiativeDetails[K]
  return {
    title: pick('title', '').trim(),
    description: pick('description', null),
    urgency: pick('urgency', 'MEDIUM'),
    due_date: pick('due_date', ''),
    goal_id: pick('goal_id', null),
  }
}

export function changedFields(before: InitiativeDetails, after: InitiativeDetails): string[] {
  return (Object.keys(after) as (keyof InitiativeDetails)[]).filter(key => before[key] !== after[key])
}

/** Throws 422 with the field when a day or a goal that is set now cannot be. What stays is not looked at again. */
export async function checkDetails(
  tx: Tx,
  parts: InitiativeParts,
  caller: Caller,
  after: InitiativeDetails,
  before?: InitiativeDetails,
): Promise<void> {
  if (after.due_date !== before?.due_date) checkDay(tx, parts, after.due_date, 'due_date')
  if (after.goal_id === null || after.goal_id === before?.goal_id) return
  if (!(await parts.goals.find(tx.db, caller, after.goal_id))) {
    throw unprocessable('goal_id', 'goal_id is not a goal that you can see')
  }
}

/** Throws 422 with the field for a day that has ended where the organisation is. */
export function checkDay(tx: Tx, { timeZone }: InitiativeParts, day: Day, field: string): void {
  if (day < dayAt(tx.now, timeZone)) throw unprocessable(field, `${field} must not be in the past`)
}

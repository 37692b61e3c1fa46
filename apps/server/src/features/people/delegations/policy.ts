/** Delegations: in which state one is on a day, and who may end it. */
import type { DelegationAction, DelegationState } from '@pms/contract'
import type { Day } from '../../../calendar.ts'
import type { DelegationTable } from '../tables.ts'

export function stateOn(
  day: Day,
  { from_day, to_day }: Pick<DelegationTable, 'from_day' | 'to_day'>,
): DelegationState {
  if (day < from_day) return 'planned'
  return day <= to_day ? 'running' : 'over'
}

/** What a caller is to a delegation. */
export interface Relation {
  /** Keeps the calendar of who is away: they themselves, or who keeps their account. */
  isKeeper: boolean
}

interface Rule {
  from: readonly DelegationState[]
  who(relation: Relation): boolean
}

export const DELEGATION_RULES: Record<DelegationAction, Rule> = {
  cancel: { from: ['planned', 'running'], who: is => is.isKeeper },
}

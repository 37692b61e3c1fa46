/** Which goals and initiatives belong to the period that a review is about. Pure. */
import type { Goal, Initiative } from '@pms/contract'

interface Period {
  period_start: string
  period_end: string
}

const QUARTERS = {
  Q1: ['01-01', '03-31'],
  Q2: ['04-01', '06-30'],
  Q3: ['07-01', '09-30'],
  Q4: ['10-01', '12-31'],
}

/** The days that a goal is for. */
function daysOf({ quarter, year }: Pick<Goal, 'quarter' | 'year'>): [string, string] {
  const [from, to] = quarter ? QUARTERS[quarter] : ['01-01', '12-31']
  return [`${year}-${from}`, `${year}-${to}`]
}

export function isGoalOf(
  { period_start, period_end }: Period,
  goal: Pick<Goal, 'quarter' | 'year'>,
): boolean {
  const [from, to] = daysOf(goal)
  return from <= period_end && to >= period_start
}

type Dated = Pick<Initiative, 'due_date' | 'created_at'>

/** From when it was begun to when it was due. */
export const isInitiativeOf = ({ period_start, period_end }: Period, { due_date, created_at }: Dated) =>
  created_at.slice(0, 10) <= period_end && due_date >= period_start

/** Those of the period, and the others. */
export function split<T>(items: readonly T[], isOf: (item: T) => boolean): { within: T[]; beyond: T[] } {
  return { within: items.filter(isOf), beyond: items.filter(item => !isOf(item)) }
}

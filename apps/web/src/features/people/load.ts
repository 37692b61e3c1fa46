/** How much each person of a team has in hand: made from what the lists of goals and initiatives say. */
import type { Goal, Initiative } from '@pms/contract'
import { queryOptions } from '@tanstack/react-query'
import { everyPage } from '../../api/paged.ts'

export interface Load {
  goals: number
  initiatives: number
  /** Of both, those whose day has passed. */
  overdue: number
}

export const NO_LOAD: Load = { goals: 0, initiatives: 0, overdue: 0 }

type OpenGoal = Pick<Goal, 'owner' | 'end_date'>
type OpenInitiative = Pick<Initiative, 'assignees' | 'status' | 'due_date'>

/** What is being worked on; what waits for somebody else's decision is not in their hands. */
const OPEN = ['ASSIGNED', 'STARTED', 'OVERDUE'] as const

/** What the team of the signed-in person works on. */
export const teamWorkQuery = queryOptions({
  queryKey: ['user', 'team-work'],
  meta: { follows: ['goal', 'initiative', 'team'] },
  async queryFn({ signal }) {
    const [goals, ...initiatives] = await Promise.all([
      everyPage<OpenGoal>('/api/goals', { scope: 'team', status: 'ACTIVE', type: 'INDIVIDUAL' }, signal),
      ...OPEN.map(status => everyPage<OpenInitiative>('/api/initiatives', { scope: 'team', status }, signal)),
    ])
    return { goals, initiatives: initiatives.flat() }
  },
})

export function loadOf(
  work: { goals: readonly OpenGoal[]; initiatives: readonly OpenInitiative[] },
  today: string,
): Map<string, Load> {
  const loads = new Map<string, Load>()
  const add = (id: string, part: 'goals' | 'initiatives', isLate: boolean) => {
    const load = loads.get(id) ?? NO_LOAD
    loads.set(id, { ...load, [part]: load[part] + 1, overdue: load.overdue + (isLate ? 1 : 0) })
  }
  for (const { owner, end_date } of work.goals) add(owner.id, 'goals', end_date !== null && end_date < today)
  for (const { assignees, status, due_date } of work.initiatives)
    for (const { id } of assignees) add(id, 'initiatives', status === 'OVERDUE' || due_date < today)
  return loads
}

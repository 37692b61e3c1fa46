/**
 * Pieces of work that go on now, in every state there is. None is due today or tomorrow: nothing falls due by itself
 * while somebody tries the demo for the first time.
 */
import type { Urgency } from '@pms/contract'
import { dayFromNow, hoursAgo, type Present } from '../times.ts'
import { SHARED_GOALS } from './goals.ts'
import type { InitiativeEvent, InitiativeStep } from './initiatives.ts'
import { CUSTOMER_INITIATIVES } from './initiatives-of-customer.ts'
import { OTHER_INITIATIVES } from './initiatives-of-others.ts'

/** More time is asked for until so many days from now. */
type Step =
  | Exclude<InitiativeStep, { verb: 'propose' | 'assign' | 'request_extension' }>
  | { verb: 'request_extension'; days: number; reason: string }

export interface Current {
  title: string
  description: string
  urgency: Urgency
  /** Days from now. */
  due: number
  /** Accounts; the first answers for it. */
  team: readonly [string, ...string[]]
  /** Who gives it to them; themselves, if left out: a proposal. */
  by?: string
  hoursAgo: number
  /** Number of the organisation's goal that it serves. */
  serves?: number
  steps?: readonly (readonly [hoursAgo: number, who: string, step: Step])[]
}

export function tellInitiativesLately(present: Present): InitiativeEvent[] {
  return [...CUSTOMER_INITIATIVES, ...OTHER_INITIATIVES].flatMap((current, index) => {
    const { due, team, by, hoursAgo: began, serves, steps = [], ...details } = current
    const tell = (hours: number, who: string, step: InitiativeStep): InitiativeEvent => {
      const at = hoursAgo(present, hours)
      return { about: 'initiative', initiative: `initiative of late ${index}`, at, who, step }
    }
    return [
      tell(began, by ?? team[0], {
        verb: by === undefined ? 'propose' : 'assign',
        ...details,
        type: team.length > 1 ? 'GROUP' : 'INDIVIDUAL',
        due_date: dayFromNow(present, due),
        team,
        serves: serves === undefined ? null : (SHARED_GOALS[serves] ?? null),
      }),
      ...steps.map(([hours, who, step]) => tell(hours, who, dated(step, present))),
    ]
  })
}

function dated(step: Step, present: Present): InitiativeStep {
  if (step.verb !== 'request_extension') return step
  return { verb: step.verb, new_due_date: dayFromNow(present, step.days), reason: step.reason }
}

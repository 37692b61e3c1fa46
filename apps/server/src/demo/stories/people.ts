/** Who comes and goes, is away, or gets another role. */
import type { Role } from '@pms/contract'
import type { Day } from '../../calendar.ts'
import { AWAY, type DemoPerson, JOINERS, LEAVER } from '../organisation.ts'
import { DAY, dayFromNow, hoursAgo, type Present, workingTime } from '../times.ts'

export type PeopleStep =
  | { verb: 'hire'; person: DemoPerson }
  /** Sets the first password, by the link that came with the account. */
  | { verb: 'onboard' }
  | { verb: 'go_on_leave' | 'archive'; person: string }
  | { verb: 'set_role'; person: string; role: Role }
  | { verb: 'delegate'; to: string; from: Day; until: Day; reason: string }

export interface PeopleEvent {
  about: 'people'
  at: Date
  /** Account of who does it. */
  who: string
  step: PeopleStep
}

export function tellPeople(present: Present): PeopleEvent[] {
  const daysAgo = (days: number) => new Date(present.now.getTime() - days * DAY)
  const inDays = (days: number) => dayFromNow(present, days)
  const tell = (at: Date, who: string, step: PeopleStep): PeopleEvent => ({ about: 'people', at, who, step })
  const { kofi, lena } = JOINERS
  return [
    tell(workingTime(daysAgo(268).getTime()), 'hr', { verb: 'archive', person: LEAVER.account }),
    tell(workingTime(daysAgo(150).getTime()), 'admin', { verb: 'set_role', person: 'noah.levy', role: 'hr' }),
    ...Object.entries(AWAY).map(([person, days]) =>
      tell(daysAgo(days), 'hr', { verb: 'go_on_leave', person }),
    ),
    tell(hoursAgo(present, 150), 'samuel.eze', {
      verb: 'delegate',
      to: 'jane.smith',
      from: inDays(-(AWAY['samuel.eze'] ?? 0)),
      until: inDays(11),
      reason: 'Annual leave. Peter runs the teleport day to day; decisions go to Jane.',
    }),
    tell(hoursAgo(present, 39), 'mary.okafor', {
      verb: 'delegate',
      to: 'jane.smith',
      from: inDays(20),
      until: inDays(26),
      reason: 'Conference of the operators.',
    }),
    tell(hoursAgo(present, 126), 'hr', { verb: 'hire', person: kofi }),
    tell(hoursAgo(present, 124), kofi.account, { verb: 'onboard' }),
    tell(hoursAgo(present, 10), 'hr', { verb: 'hire', person: lena }),
  ]
}

/** Pieces of work over the year: who proposes or gives them, and how they come to their end. */
import type { InitiativeType, Urgency } from '@pms/contract'
import { addDays, type Day, dayAt } from '../../calendar.ts'
import { AWAY, DEMO_PEOPLE, type DemoPerson, unitLine } from '../organisation.ts'
import {
  DENIALS,
  EXTENSION_REASONS,
  FEEDBACK,
  INITIATIVE_IDEAS,
  INITIATIVE_REJECTIONS,
  type InitiativeIdea,
  RETURNS,
} from '../texts/initiatives.ts'
import { DAY, type Present, pick, quarterStarts, randomNumbers, workingTime } from '../times.ts'
import { SHARED_GOALS } from './goals.ts'
import { tellInitiativesLately } from './initiatives-lately.ts'

export type InitiativeStep =
  | ({ verb: 'propose' | 'assign' } & Opening)
  | { verb: 'approve' | 'start' | 'resubmit' | 'approve_extension' }
  | { verb: 'reject' | 'deny_extension'; reason: string }
  | { verb: 'submit'; report: string }
  | { verb: 'review'; score: number; feedback: string }
  | { verb: 'return'; feedback: string }
  | { verb: 'request_extension'; new_due_date: Day; reason: string }

interface Opening {
  type: InitiativeType
  title: string
  description: string
  urgency: Urgency
  due_date: Day
  /** Accounts of those who are to do it; the first answers for it. */
  team: readonly string[]
  /** The goal that it serves. */
  serves: string | null
}

export interface InitiativeEvent {
  about: 'initiative'
  at: Date
  /** Account of who does it. */
  who: string
  /** Which of the story's initiatives it is. */
  initiative: string
  step: InitiativeStep
}

/** What has come to its end is told here; what goes on now, in initiatives-lately.ts. */
const ENDED_DAYS_AGO = 8

export function tellInitiatives(present: Present): InitiativeEvent[] {
  const random = randomNumbers(7_011_989)
  const first = quarterStarts(present.now)[0].getTime() + 5 * DAY
  const last = present.now.getTime() - ENDED_DAYS_AGO * DAY
  const events: InitiativeEvent[] = []
  for (const [area, ideas] of Object.entries(INITIATIVE_IDEAS)) {
    const people = DEMO_PEOPLE.filter(person => areaOf(person) === area && !(person.account in AWAY))
    for (const [index, idea] of ideas.entries()) {
      const person = people[(index * 3 + 2) % people.length]
      if (!person?.reportsTo) continue
      const mate = people.find(other => other !== person && other.reportsTo === person.reportsTo)
      const team = mate && random() < 0.2 ? [person.account, mate.account] : [person.account]
      const start = first + random() * (last - first - 70 * DAY)
      const told = tellInitiative(`initiative ${area} ${index}`, idea, team, person.reportsTo, start)
      if ((told.at(-1)?.at.getTime() ?? 0) < last) events.push(...told)
    }
  }
  return [...events, ...tellInitiativesLately(present)]

  function tellInitiative(
    initiative: string,
    { report, ...idea }: InitiativeIdea,
    team: readonly string[],
    boss: string,
    start: number,
  ): InitiativeEvent[] {
    const told: InitiativeEvent[] = []
    const [head = ''] = team
    let at = workingTime(start)
    const tell = (who: string, step: InitiativeStep) =>
      told.push({ about: 'initiative', at, who, initiative, step })
    const later = (days: number) => {
      at = workingTime(at.getTime() + days * DAY * (0.6 + 0.6 * random()))
    }
    const due_date = addDays(dayAt(at, present.timeZone), 24)
    const type = team.length > 1 ? 'GROUP' : 'INDIVIDUAL'
    const serves = random() < 0.4 ? pick(random, SHARED_GOALS) : null
    const opening = { ...idea, type, due_date, team, serves } as const
    const turn = random()

    if (turn < 0.45) {
      tell(head, { verb: 'propose', ...opening })
      later(2)
      if (turn < 0.12) {
        tell(boss, { verb: 'reject', reason: pick(random, INITIATIVE_REJECTIONS) })
        later(1.5)
        tell(head, { verb: 'resubmit' })
        later(1)
      }
      tell(boss, { verb: 'approve' })
    } else tell(boss, { verb: 'assign', ...opening })
    later(2)
    tell(head, { verb: 'start' })
    later(10)
    const isLate = turn > 0.85
    if (turn > 0.6 && turn < 0.8) {
      const new_due_date = addDays(due_date, 10)
      tell(head, { verb: 'request_extension', new_due_date, reason: pick(random, EXTENSION_REASONS) })
      later(1.5)
      const isDenied = turn < 0.65
      tell(
        boss,
        isDenied ? { verb: 'deny_extension', reason: pick(random, DENIALS) } : { verb: 'approve_extension' },
      )
    }
    later(isLate ? 19 : 4)
    tell(head, { verb: 'submit', report })
    later(2)
    if (turn > 0.5 && turn < 0.6) {
      tell(boss, { verb: 'return', feedback: pick(random, RETURNS) })
      later(2)
      tell(head, { verb: 'submit', report: `${report} What was missing is in it now.` })
      later(1.5)
    }
    const score = isLate ? 5 + Math.floor(random() * 2) : 7 + Math.floor(random() * 4)
    tell(boss, { verb: 'review', score, feedback: pick(random, FEEDBACK) })
    return told
  }
}

/** The nearest unit above a person that has ideas. */
function areaOf(person: DemoPerson): string {
  return unitLine(person.unit).find(key => INITIATIVE_IDEAS[key]) ?? 'anywhere'
}

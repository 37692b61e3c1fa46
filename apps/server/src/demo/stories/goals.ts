/** A year of goals: who sets which when, and what becomes of it. */
import type { GoalType, Quarter } from '@pms/contract'
import { DEMO_PEOPLE, type DemoPerson, isAway, unitLine } from '../organisation.ts'
import {
  DECLINES,
  DESCRIPTIONS,
  DISCARDS,
  GOAL_IDEAS,
  ORGANISATION_GOALS,
  PROGRESS_NOTES,
  REJECTIONS,
} from '../texts/goals.ts'
import {
  DAY,
  hoursAgo,
  type Present,
  pick,
  quarterOf,
  quarterStarts,
  randomNumbers,
  workingTime,
} from '../times.ts'
import { GOALS_LATELY } from './goals-lately.ts'

export type GoalStep =
  | ({ verb: 'create' | 'assign' } & Opening)
  | { verb: 'approve' | 'accept' | 'resubmit' | 'achieve' }
  | { verb: 'reject' | 'decline' | 'discard'; reason: string }
  | { verb: 'progress'; percent: number; note: string }

interface Opening {
  type: GoalType
  title: string
  description: string
  quarter: Quarter | null
  year: number
  start_date: string | null
  end_date: string | null
  /** The goal that it serves. */
  serves: string | null
}

export interface GoalEvent {
  about: 'goal'
  at: Date
  /** Account of who does it. */
  who: string
  /** Which of the story's goals it is. */
  goal: string
  /** Account of whose goal it is. */
  owner: string
  step: GoalStep
}

/** HR closes a quarter. */
export interface FreezeEvent {
  about: 'freeze'
  at: Date
  who: string
  quarter: Quarter
  year: number
  reason: string
}

/** What the whole organisation set out to do; other goals and initiatives serve these. */
export const SHARED_GOALS: readonly string[] = ORGANISATION_GOALS.map((_, index) => `shared goal ${index}`)

export function tellGoals(present: Present): (GoalEvent | FreezeEvent)[] {
  const { now } = present
  const random = randomNumbers(20_261_123)
  const starts = quarterStarts(now)
  const events: (GoalEvent | FreezeEvent)[] = [...tellShared(now)]
  /** How many of each list of ideas were used: colleagues set out to do different things. */
  const taken = new Map<readonly string[], number>()
  let goals = 0

  for (const start of starts) {
    for (const person of DEMO_PEOPLE) {
      if (person.reportsTo === null) continue
      const howMany = random() < 0.35 ? 2 : 1
      for (let n = 0; n < howMany; n += 1) {
        const told = tellGoal(`goal ${goals}`, person, person.reportsTo, start)
        events.push(...untilAway(told, present))
        goals += 1
      }
    }
  }
  events.push(...tellLately(present))
  // The figures of two quarters ago are with the board: nothing of them changes any more.
  events.push({
    about: 'freeze',
    at: workingTime(starts[3].getTime() - 4 * DAY),
    who: 'hr',
    ...quarterOf(starts[1]),
    reason: 'The figures of this quarter are with the board.',
  })
  return events

  function tellGoal(goal: string, person: DemoPerson, boss: string, start: Date): GoalEvent[] {
    const told: GoalEvent[] = []
    let at = workingTime(start.getTime() + random() * 20 * DAY)
    const tell = (who: string, step: GoalStep) =>
      told.push({ about: 'goal', at, who, goal, owner: person.account, step })
    const later = (days: number) => {
      at = workingTime(at.getTime() + days * DAY * (0.5 + random()))
    }
    const opening: Opening = {
      type: 'INDIVIDUAL',
      title: nextIdea(person),
      description: pick(random, DESCRIPTIONS),
      ...quarterOf(start),
      serves: random() < 0.5 ? pick(random, SHARED_GOALS) : null,
    }

    if (random() < 0.4) {
      tell(boss, { verb: 'assign', ...opening })
      later(2)
      if (random() < 0.12) {
        tell(person.account, { verb: 'decline', reason: pick(random, DECLINES) })
        return told
      }
      tell(person.account, { verb: 'accept' })
    } else {
      tell(person.account, { verb: 'create', ...opening })
      later(2)
      if (random() < 0.15) {
        tell(boss, { verb: 'reject', reason: pick(random, REJECTIONS) })
        later(1.5)
        tell(person.account, { verb: 'resubmit' })
        later(1)
      }
      tell(boss, { verb: 'approve' })
    }

    const isOvertaken = random() < 0.1
    const months = PROGRESS_NOTES.length
    for (const [index, note] of PROGRESS_NOTES.slice(0, isOvertaken ? 2 : months).entries()) {
      later(18)
      tell(person.account, { verb: 'progress', percent: Math.round(((index + 1) / months) * 20) * 5, note })
    }
    later(4)
    if (isOvertaken) tell(boss, { verb: 'discard', reason: pick(random, DISCARDS) })
    else tell(boss, { verb: 'achieve' })
    return told
  }

  function nextIdea(person: DemoPerson): string {
    const ideas = ideasOf(person)
    const place = taken.get(ideas) ?? 0
    taken.set(ideas, place + 1)
    return ideas[place % ideas.length] ?? ''
  }
}

function tellShared(now: Date): GoalEvent[] {
  const [start] = quarterStarts(now)
  return ORGANISATION_GOALS.flatMap(({ title, description, percent }, index) => {
    const goal = SHARED_GOALS[index] ?? ''
    const year = now.getUTCFullYear()
    const times = { quarter: null, year, start_date: `${year}-01-01`, end_date: `${year}-12-31` }
    const tell = (days: number, step: GoalStep): GoalEvent => {
      const at = workingTime(start.getTime() + days * DAY)
      return { about: 'goal', at, who: 'hr', goal, owner: 'hr', step }
    }
    return [
      tell(-20, { verb: 'create', type: 'YEARLY', title, description, ...times, serves: null }),
      tell(250, { verb: 'progress', percent, note: 'As reported to the board.' }),
    ]
  })
}

function tellLately(present: Present): GoalEvent[] {
  return GOALS_LATELY.flatMap(({ hoursAgo: began, who, owner, steps }, index) => {
    const [opening, ...others] = steps
    const told = { about: 'goal', goal: `goal of late ${index}`, owner } as const
    const verb = who === owner ? 'create' : 'assign'
    const details: Opening = { ...quarterOf(present.now), type: 'INDIVIDUAL', serves: null, ...opening }
    return [
      { ...told, at: hoursAgo(present, began), who, step: { verb, ...details } },
      ...others.map(({ after, by, ...step }) => ({
        ...told,
        at: hoursAgo(present, began - after),
        who: by,
        step,
      })),
    ]
  })
}

/** What is told of a goal, up to where it waits for somebody who is on leave. */
function untilAway(told: GoalEvent[], present: Present): GoalEvent[] {
  const stop = told.findIndex(
    ({ who, owner, at, step }) =>
      isAway(who, at, present) || (step.verb === 'assign' && isAway(owner, at, present)),
  )
  return stop < 0 ? told : told.slice(0, stop)
}

/** The ideas of the nearest unit above a person that has any. */
function ideasOf(person: DemoPerson): readonly string[] {
  const unit = unitLine(person.unit).find(key => GOAL_IDEAS[key])
  return GOAL_IDEAS[unit ?? 'anywhere'] ?? []
}

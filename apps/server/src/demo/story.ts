/**
 * A believable year: who sets which goal when, and what becomes of it. Told as steps in time, without a database,
 * and always the same for the same day.
 */
import type { GoalType, Quarter } from '@pms/contract'
import {
  DECLINES,
  DESCRIPTIONS,
  DISCARDS,
  GOAL_IDEAS,
  ORGANISATION_GOALS,
  PROGRESS_NOTES,
  REJECTIONS,
} from './goal-ideas.ts'
import { LAST_DAYS } from './last-days.ts'
import { DEMO_PEOPLE, DEMO_UNITS, type DemoPerson } from './organisation.ts'

export type StoryStep =
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
  /** Number of the goal that it serves. */
  serves: number | null
}

export interface StoryEvent {
  at: Date
  /** Account of who does it. */
  who: string
  /** Which of the story's goals it is about. */
  goal: number
  /** Account of whose goal it is. */
  owner: string
  step: StoryStep
}

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

/** What happened in the four quarters up to `now`, in order of time. */
export function tellStory(now: Date): StoryEvent[] {
  const random = randomNumbers(20_261_123)
  const events: StoryEvent[] = []
  /** How many of each list of ideas were used: colleagues set out to do different things. */
  const taken = new Map<readonly string[], number>()
  let goals = 0

  const shared = ORGANISATION_GOALS.map(({ title, description, percent }) => {
    const goal = goals
    goals += 1
    const start = quarterStarts(now)[0] ?? now
    const tell = (days: number, step: StoryStep) =>
      events.push({ at: workingTime(start.getTime() + days * DAY), who: 'hr', goal, owner: 'hr', step })
    const year = now.getUTCFullYear()
    const times = { quarter: null, year, start_date: `${year}-01-01`, end_date: `${year}-12-31` }
    tell(-20, { verb: 'create', type: 'YEARLY', title, description, ...times, serves: null })
    tell(250, { verb: 'progress', percent, note: 'As reported to the board.' })
    return goal
  })

  for (const start of quarterStarts(now)) {
    for (const person of DEMO_PEOPLE) {
      if (person.reportsTo === null || person.status !== 'active') continue
      const howMany = random() < 0.35 ? 2 : 1
      for (let n = 0; n < howMany; n += 1) {
        events.push(...tellGoal(goals, person, person.reportsTo, start))
        goals += 1
      }
    }
  }
  for (const { hoursAgo, who, owner, step } of LAST_DAYS) {
    const [opening, ...others] = step
    const at = (after: number) => new Date(now.getTime() - (hoursAgo - after) * HOUR)
    const told: Opening = { ...timesOf(now), type: 'INDIVIDUAL', serves: null, ...opening }
    const verb = who === owner ? 'create' : 'assign'
    events.push({ at: at(0), who, owner, goal: goals, step: { verb, ...told } })
    for (const { after, by, ...what } of others)
      events.push({ at: at(after), who: by, owner, goal: goals, step: what })
    goals += 1
  }
  return events.filter(event => event.at < now).sort((a, b) => a.at.getTime() - b.at.getTime())

  function tellGoal(goal: number, person: DemoPerson, boss: string, start: Date): StoryEvent[] {
    const told: StoryEvent[] = []
    let at = workingTime(start.getTime() + random() * 20 * DAY)
    const tell = (who: string, step: StoryStep) => told.push({ at, who, goal, owner: person.account, step })
    const later = (days: number) => {
      at = workingTime(at.getTime() + days * DAY * (0.5 + random()))
    }
    const opening: Opening = {
      type: 'INDIVIDUAL',
      title: nextIdea(person),
      description: pick(DESCRIPTIONS),
      ...timesOf(start),
      serves: random() < 0.5 ? (shared[Math.floor(random() * shared.length)] ?? null) : null,
    }

    if (random() < 0.4) {
      tell(boss, { verb: 'assign', ...opening })
      later(2)
      if (random() < 0.12) {
        tell(person.account, { verb: 'decline', reason: pick(DECLINES) })
        return told
      }
      tell(person.account, { verb: 'accept' })
    } else {
      tell(person.account, { verb: 'create', ...opening })
      later(2)
      if (random() < 0.15) {
        tell(boss, { verb: 'reject', reason: pick(REJECTIONS) })
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
    if (isOvertaken) tell(boss, { verb: 'discard', reason: pick(DISCARDS) })
    else tell(boss, { verb: 'achieve' })
    return told
  }

  function nextIdea(person: DemoPerson): string {
    const ideas = ideasOf(person)
    const place = taken.get(ideas) ?? 0
    taken.set(ideas, place + 1)
    return ideas[place % ideas.length] ?? ''
  }

  function pick(texts: readonly string[]): string {
    return texts[Math.floor(random() * texts.length)] ?? ''
  }
}

/** First days of the four quarters up to and including the present one. */
function quarterStarts(now: Date): Date[] {
  const present = Math.floor(now.getUTCMonth() / 3)
  return [3, 2, 1, 0].map(back => new Date(Date.UTC(now.getUTCFullYear(), (present - back) * 3, 1)))
}

/** The quarter that a day is in, from its first day to its last. */
function timesOf(day: Date): Pick<Opening, 'quarter' | 'year' | 'start_date' | 'end_date'> {
  const names = ['Q1', 'Q2', 'Q3', 'Q4'] as const
  const year = day.getUTCFullYear()
  const index = Math.floor(day.getUTCMonth() / 3)
  const date = (month: number, dayOfMonth: number) =>
    new Date(Date.UTC(year, month, dayOfMonth)).toISOString().slice(0, 10)
  return {
    quarter: names[index] ?? 'Q1',
    year,
    start_date: date(index * 3, 1),
    end_date: date(index * 3 + 3, 0),
  }
}

/** The nearest moment from then on at which people are at work. */
function workingTime(milliseconds: number): Date {
  const at = new Date(milliseconds)
  const weekday = at.getUTCDay()
  if (weekday === 6) at.setUTCDate(at.getUTCDate() + 2)
  if (weekday === 0) at.setUTCDate(at.getUTCDate() + 1)
  at.setUTCHours(8 + (at.getUTCHours() % 9))
  return at
}

/** The ideas of the nearest unit above a person that has any. */
function ideasOf(person: DemoPerson): readonly string[] {
  for (let key: string | null = person.unit; key !== null; ) {
    const ideas = GOAL_IDEAS[key]
    if (ideas) return ideas
    key = DEMO_UNITS.find(unit => unit.key === key)?.parent ?? null
  }
  return GOAL_IDEAS.anywhere ?? []
}

/** Evenly spread numbers from 0 to below 1, the same for the same seed (mulberry32, Tommy Ettinger, public domain). */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

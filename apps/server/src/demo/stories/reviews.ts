/** Reviews: a cycle that was completed long ago, one that goes on, and one that is being prepared. */
import type { CreateReviewCycleBody } from '@pms/contract'
import { bossesOf, DEMO_PEOPLE, type DemoPerson, isAway } from '../organisation.ts'
import { COMMENTS, PILOT_TRAITS, REVIEW_TRAITS } from '../texts/reviews.ts'
import { DAY, dayFromNow, hoursAgo, type Present, pick, randomNumbers, workingTime } from '../times.ts'

/** In the order of the questions; shorter than those, where the rest is still open. */
export type Answers = readonly { rating: number; comment: string | null }[]

export type ReviewStep =
  | { verb: 'prepare'; cycle: Omit<CreateReviewCycleBody, 'audience'>; people: readonly string[] | null }
  | { verb: 'activate' | 'complete' }
  | { verb: 'choose_peers'; reviewee: string; peers: readonly string[] }
  | { verb: 'save'; reviewee: string; answers: Answers }
  | { verb: 'submit'; reviewee: string }

export interface ReviewEvent {
  about: 'review'
  at: Date
  /** Account of who does it. */
  who: string
  /** Which of the story's cycles it is. */
  cycle: string
  step: ReviewStep
}

const QUESTIONS = REVIEW_TRAITS.flatMap(trait => trait.questions).length

/** What those do who are tried out first is told by name; of the others chance decides. */
const NAMED = ['john.doe', 'jane.smith', 'mary.okafor', 'hr', 'admin']

type Written = readonly [hoursAgo: number, who: string, reviewee: string, howFar: 'drafted' | 'submitted']

const WRITTEN_LATELY: readonly Written[] = [
  [45, 'john.doe', 'john.doe', 'drafted'],
  [70, 'john.doe', 'ibrahim.musa', 'submitted'],
  [93, 'jane.smith', 'jane.smith', 'submitted'],
  [44, 'jane.smith', 'mei.tanaka', 'submitted'],
  [24, 'jane.smith', 'lucas.silva', 'drafted'],
  [17, 'lucas.silva', 'lucas.silva', 'submitted'],
  [12, 'mei.tanaka', 'amara.obi', 'submitted'],
  [118, 'mary.okafor', 'mary.okafor', 'submitted'],
  [30, 'mary.okafor', 'jane.smith', 'drafted'],
  [68, 'hr', 'hr', 'submitted'],
  [41, 'hr', 'tunde.bakare', 'drafted'],
  [13, 'isabel.garcia', 'isabel.garcia', 'submitted'],
  [40, 'leila.haddad', 'admin', 'submitted'],
  [64, 'admin', 'admin', 'drafted'],
]

export function tellReviews(present: Present): ReviewEvent[] {
  const random = randomNumbers(31_415_926)
  const events = [...tellAnnual(), ...tellPresent(), ...tellPilot()]
  return events.filter(({ who, at }) => !isAway(who, at, present))

  function tellAnnual(): ReviewEvent[] {
    const begin = workingTime(present.now.getTime() - 250 * DAY)
    const year = begin.getUTCFullYear() - 1
    const { told, tell } = telling('annual')
    tell(daysFrom(begin, -12), 'hr', {
      verb: 'prepare',
      cycle: {
        name: `Annual review ${year}`,
        period_start: `${year}-01-01`,
        period_end: `${year}-12-31`,
        deadline: dayFromNow(present, -222),
        traits: [...REVIEW_TRAITS],
      },
      people: null,
    })
    choosePeers(tell, daysFrom(begin, -6))
    tell(begin, 'hr', { verb: 'activate' })
    for (const [who, reviewee] of allReviews()) {
      const luck = random()
      // Some are late, and remember it when they are told; some never get to it.
      const days = luck > 0.93 ? 29 + random() * 5 : 1 + random() * 25
      if (luck < 0.03) continue
      const at = daysFrom(begin, days)
      tell(at, who, { verb: 'save', reviewee, answers: answers(reviewee, QUESTIONS) })
      tell(at, who, { verb: 'submit', reviewee })
    }
    tell(daysFrom(begin, 40), 'hr', { verb: 'complete' })
    return told
  }

  function tellPresent(): ReviewEvent[] {
    const begin = workingTime(present.now.getTime() - 10 * DAY)
    const { told, tell } = telling('present')
    const isSecond = present.now.getUTCMonth() >= 6
    const year = present.now.getUTCFullYear()
    tell(daysFrom(begin, -9), 'hr', {
      verb: 'prepare',
      cycle: {
        name: `${isSecond ? 'Year-end' : 'Mid-year'} review ${year}`,
        period_start: isSecond ? `${year}-07-01` : `${year}-01-01`,
        period_end: isSecond ? `${year}-12-31` : `${year}-06-30`,
        deadline: dayFromNow(present, 17),
        traits: [...REVIEW_TRAITS],
      },
      people: null,
    })
    choosePeers(tell, daysFrom(begin, -4))
    tell(begin, 'hr', { verb: 'activate' })
    for (const [who, reviewee] of allReviews()) {
      const [since, until] = [1 + random() * 20, 3 + random() * 3]
      if (NAMED.includes(who) || WRITTEN_LATELY.some(row => row[1] === who && row[2] === reviewee)) continue
      const half = answers(reviewee, QUESTIONS - 2)
      tell(daysFrom(begin, since), who, { verb: 'save', reviewee, answers: half })
      const all = [...half, ...answers(reviewee, 2)]
      tell(daysFrom(begin, since + until), who, { verb: 'save', reviewee, answers: all })
      tell(daysFrom(begin, since + until), who, { verb: 'submit', reviewee })
    }
    for (const [hours, who, reviewee, howFar] of WRITTEN_LATELY) {
      const isWhole = howFar === 'submitted'
      const at = hoursAgo(present, hours)
      tell(at, who, { verb: 'save', reviewee, answers: answers(reviewee, isWhole ? QUESTIONS : 3) })
      if (isWhole) tell(at, who, { verb: 'submit', reviewee })
    }
    return told
  }

  function tellPilot(): ReviewEvent[] {
    const { told, tell } = telling('pilot')
    tell(hoursAgo(present, 66), 'hr', {
      verb: 'prepare',
      cycle: {
        name: 'Leadership feedback: a pilot',
        period_start: dayFromNow(present, -180),
        period_end: dayFromNow(present, 0),
        deadline: dayFromNow(present, 60),
        traits: [...PILOT_TRAITS],
      },
      people: ['mary.okafor', 'tomas.novak', 'jane.smith', 'priya.nair', 'david.mensah'],
    })
    return told
  }

  /** Good colleagues are rated well by most, and no two of them alike. */
  function answers(reviewee: string, count: number): Answers {
    const level = 2.8 + ((reviewee.length * 7) % 10) / 8
    return Array.from({ length: count }, () => {
      const rating = Math.min(5, Math.max(1, Math.round(level + random() * 2 - 0.8)))
      return { rating, comment: random() < 0.35 ? pick(random, COMMENTS[rating - 1] ?? []) : null }
    })
  }
}

type Tell = (at: Date, who: string, step: ReviewStep) => void

function telling(cycle: string): { told: ReviewEvent[]; tell: Tell } {
  const told: ReviewEvent[] = []
  return { told, tell: (at, who, step) => told.push({ about: 'review', at, who, cycle, step }) }
}

function daysFrom(begin: Date, days: number): Date {
  return workingTime(begin.getTime() + days * DAY)
}

function choosePeers(tell: Tell, at: Date): void {
  for (const person of DEMO_PEOPLE) {
    const peers = peersOf(person)
    // Nobody chooses their own.
    const who = person.account === 'hr' ? 'leila.haddad' : 'hr'
    if (peers.length > 0) tell(at, who, { verb: 'choose_peers', reviewee: person.account, peers })
  }
}

/** Who writes about whom: themselves, their supervisor, their peers. */
function allReviews(): [who: string, reviewee: string][] {
  return DEMO_PEOPLE.flatMap(person => {
    const { account, reportsTo } = person
    const writers = [account, ...(reportsTo === null ? [] : [reportsTo]), ...peersOf(person)]
    return writers.map((who): [string, string] => [who, account])
  })
}

/** The two who come next among those with the same supervisor. */
function peersOf({ account, reportsTo }: DemoPerson): string[] {
  const circle = DEMO_PEOPLE.filter(other => reportsTo !== null && other.reportsTo === reportsTo)
  const place = circle.findIndex(other => other.account === account)
  const next = [1, 2].map(step => circle[(place + step) % circle.length]?.account ?? account)
  return [...new Set(next)].filter(peer => peer !== account && !bossesOf(account).includes(peer))
}

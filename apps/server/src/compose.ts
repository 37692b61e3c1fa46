/**
 * What people and time do with the features, put together over a database: each gets here what it needs of another.
 * Nothing here serves anybody; app.ts does.
 */
import { attachmentsOf, claimAttachments } from './attachments/attachments.ts'
import { dayAt } from './calendar.ts'
import type { AppDatabase } from './database.ts'
import { acknowledging } from './features/announcements/actions/acknowledging.ts'
import { deliveryJob } from './features/announcements/actions/delivering.ts'
import { publishingActions } from './features/announcements/actions/publishing.ts'
import { createProgress } from './features/announcements/progress.ts'
import { goalHandover } from './features/goals/actions/handover.ts'
import { goalActions, goalAsker } from './features/goals/actions.ts'
import { freezeActions } from './features/goals/freezes.ts'
import { goalDetail } from './features/goals/queries.ts'
import { extensionAsker, initiativeAsker } from './features/initiatives/actions/askers.ts'
import { initiativeHandover } from './features/initiatives/actions/hand-on.ts'
import { initiativeActions } from './features/initiatives/actions/initiative-actions.ts'
import { initiativeJobs } from './features/initiatives/actions/overdue.ts'
import type { InitiativeParts } from './features/initiatives/ports.ts'
import { peopleActions } from './features/people/actions.ts'
import { delegationActions } from './features/people/delegations/actions.ts'
import { delegationJob } from './features/people/delegations/job.ts'
import { ERASURE_JOB, erasureJob } from './features/people/erasure-job.ts'
import type { Follow } from './features/people/following.ts'
import { reportHandover } from './features/people/handover.ts'
import { organisationOf } from './features/people/organisation.ts'
import { cycleActions } from './features/reviews/actions/cycles.ts'
import { reviewHandover } from './features/reviews/actions/handover.ts'
import { remindersJob } from './features/reviews/actions/reminders.ts'
import { reviewActions } from './features/reviews/actions/reviews.ts'
import { ROUNDS_JOB, roundsJob } from './features/reviews/actions/rounds.ts'
import type { Job } from './jobs/job.ts'
import type { Others } from './jobs/others.ts'
import { type Askers, followApprovers } from './requests/requests.ts'

export interface ComposeOptions {
  database: AppDatabase
  clock: () => Date
  timeZone: string
  /** There is something for this job to do: whoever runs jobs has it run soon. */
  nudge(job: string): void
  /** Whom long work lets pass. */
  others: Others
}

export type Features = ReturnType<typeof compose>

export function compose({ database, clock, timeZone, nudge, others }: ComposeOptions) {
  const today = () => dayAt(clock(), timeZone)
  const organisation = organisationOf(today)

  const initiativeParts: InitiativeParts = {
    database,
    people: organisation,
    goals: { find: (db, caller, id) => goalDetail(db, organisation, caller, id) },
    files: {
      claim: (tx, caller, ids, id) => claimAttachments(tx, caller, ids, { type: 'initiative', id }),
      of: (db, id) => attachmentsOf(db, 'initiative', id),
    },
    timeZone,
  }
  const reviewOptions = { database, people: organisation, timeZone, carryOn: () => nudge(ROUNDS_JOB) }

  // Who is asked to decide about what: one line for each type of thing that needs somebody's decision.
  const askers: Askers = {
    goal: goalAsker(organisation),
    initiative: initiativeAsker(organisation),
    initiative_extension: extensionAsker(organisation),
  }
  const follow: Follow = (tx, subjects) => followApprovers(tx, askers, subjects)
  // What goes to somebody else when a person leaves: one line for each kind of open work.
  const handovers = [
    reportHandover,
    goalHandover(organisation),
    initiativeHandover(organisation),
    reviewHandover(organisation, timeZone),
  ]

  const announcementProgress = createProgress(database, organisation)
  const announcementDelivery = deliveryJob(database, announcementProgress, others)

  const jobs: readonly Job[] = [
    announcementDelivery,
    delegationJob({ database, follow, timeZone }),
    erasureJob(database),
    ...initiativeJobs(initiativeParts),
    roundsJob(database, organisation, timeZone),
    remindersJob(database, organisation, timeZone),
  ]

  return {
    today,
    organisation,
    goals: goalActions(database, organisation, timeZone),
    freezes: freezeActions(database, timeZone),
    initiativeParts,
    initiatives: initiativeActions(initiativeParts),
    cycles: cycleActions(reviewOptions),
    reviews: reviewActions(reviewOptions),
    people: peopleActions({ database, follow, handovers, carryOn: () => nudge(ERASURE_JOB) }),
    delegations: delegationActions({ database, today, follow }),
    publishing: publishingActions(database, organisation, () => nudge(announcementDelivery.name)),
    acknowledge: acknowledging(database, announcementProgress),
    /** What time does with them. */
    jobs,
  }
}

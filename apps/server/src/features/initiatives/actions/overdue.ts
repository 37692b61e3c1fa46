/** What becomes of initiatives as time passes. */
import { notify } from '@pms/notifier'
import { type Day, dayAt, dayInWords } from '../../../calendar.ts'
import type { Tx } from '../../../database.ts'
import type { Job } from '../../../jobs/job.ts'
import { initiativeOverdue, initiativeOverdueToReviewer } from '../notifications.ts'
import type { InitiativeParts } from '../ports.ts'
import { reviewersOf } from '../relation.ts'
import { holdInitiative, recordStep } from '../steps.ts'
import type { InitiativeTable } from '../tables.ts'
import { about } from './about.ts'

/** How many are looked up at a time. */
const BATCH = 100

export function initiativeJobs(parts: InitiativeParts): Job[] {
  return [
    {
      name: 'initiatives.overdue',
      schedule: '*/5 * * * *',
      async run(now, signal) {
        const today = dayAt(now, parts.timeZone)
        let after = ''
        while (!signal.aborted) {
          const ids = await findLate(parts, today, after)
          for (const id of ids) {
            if (signal.aborted) return
            await parts.database.transaction(tx => makeOverdue(tx, parts, today, id))
          }
          after = ids.at(-1) ?? ''
          if (ids.length < BATCH) return
        }
      },
    },
  ]
}

async function findLate({ database }: InitiativeParts, today: Day, after: string): Promise<string[]> {
  const rows = await database.db
    .selectFrom('initiatives')
    .select('id')
    .where('status', 'in', ['ASSIGNED', 'STARTED'])
    .where('due_date', '<', today)
    .where(({ eb, or, ref }) =>
      or([eb('overdue_for_date', 'is', null), eb('overdue_for_date', '!=', ref('due_date'))]),
    )
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .execute()
  return rows.map(row => row.id)
}

/** Once for each due date: whoever ran before, or meanwhile, has done it. */
async function makeOverdue(tx: Tx, { people }: InitiativeParts, today: Day, id: string): Promise<void> {
  const held = await holdInitiative(tx, id)
  if (!held || !isLate(held.initiative, today)) return
  const { initiative, team } = held
  const { due_date } = initiative
  const set = {
    status: 'OVERDUE',
    status_before_overdue: initiative.status,
    overdue_for_date: due_date,
  } as const
  await recordStep(tx, people, null, held, { event: 'overdue', set, due_date })

  const reviewers = await reviewersOf(tx.db, people, initiative, team)
  const head = await people.findPerson(tx.db, initiative.head_id)
  const message = about(null, initiative)
  notify(tx, initiativeOverdue, { to: team.assigneeIds, ...message })
  notify(tx, initiativeOverdueToReviewer, {
    to: reviewers.map(person => person.id),
    ...message,
    words: { title: initiative.title, date: dayInWords(due_date), name: head?.name ?? '' },
  })
}

function isLate(initiative: InitiativeTable, today: Day): boolean {
  const { status, due_date, overdue_for_date } = initiative
  const isInHand = status === 'ASSIGNED' || status === 'STARTED'
  return isInHand && due_date < today && due_date !== overdue_for_date
}

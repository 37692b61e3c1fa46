/** Two people who have nothing to do with those who call: what belongs to them is not theirs to see. */
import { expect } from 'vitest'
import type { Person, Rest, TestServer } from '../../../apps/server/src/testing/index.ts'
import { createGoal, inboxOf } from '../../../apps/server/test/goal-calls.ts'
import { draft, propose } from '../../../apps/server/test/initiative-calls.ts'
import { raise } from '../../../apps/server/test/key-calls.ts'
import * as reviews from '../../../apps/server/test/review-calls.ts'

interface ApartOptions {
  server: TestServer
  xenia: Person
  /** To whom she reports. */
  yara: Person
  hr: Rest
  system: Rest
  /** A text for these alone. */
  mark(...forWhom: readonly string[]): string
}

const DAY = 86_400_000

export const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10)

/** Makes a goal, an initiative with a file, half a review and a notification. Answers their ids by kind. */
export async function settleApart({
  server,
  xenia,
  yara,
  hr,
  system,
  mark,
}: ApartOptions): Promise<ReadonlyMap<string, readonly string[]>> {
  const token = await server.tokenOf(xenia)
  const rest = server.rest(token)
  // Whoever sees everybody's goals is told; a draft of a review nobody but its writer.
  const overseers = ['hana', 'ada']
  const texts = () => ({ title: mark(...overseers), description: mark(...overseers) })

  const goal = await createGoal(rest, { ...texts(), year: new Date().getUTCFullYear() })

  const form = new FormData()
  // Who reads the audit reads there what files are called.
  form.set('file', new File([mark()], `${mark(...overseers, 'adam')}.txt`))
  const headers = { authorization: `Bearer ${token}` }
  const upload = await fetch(`${server.url}/api/attachments`, { method: 'POST', headers, body: form })
  expect(upload.status).toBe(201)
  const file = (await upload.json()) as { id: string }

  const initiative = await propose(rest, { ...draft, ...texts(), due_date: inDays(300) })

  const days = { period_start: inDays(-90), period_end: inDays(0), deadline: inDays(300) }
  const cycle = await reviews.beginCycle(hr, new Map([[xenia, []]]), days)
  const review = await reviews.reviewId(server, cycle.id, xenia, xenia)
  const questions = await reviews.readReview(rest, review)
  await reviews.act(rest, review, 'save', reviews.allAnswers(questions, 3, mark()))

  const told = await raise(system, xenia, { type: 'secret_told', data: { note: mark() } })
  expect(told.status, JSON.stringify(told.body)).toBe(201)
  const { notifications } = await inboxOf(rest)
  return new Map([
    ['users', [xenia.id, yara.id]],
    ['goals', [goal.id]],
    ['attachments', [file.id]],
    ['initiatives', [initiative.id]],
    ['review-cycles', [cycle.id]],
    ['reviews', [review, await reviews.reviewId(server, cycle.id, xenia, yara)]],
    ['notifications', notifications.map(({ id }) => id)],
  ])
}

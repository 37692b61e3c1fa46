/** What initiative tests have in common: calling initiatives as a person does, and time going by. */
import type { InitiativeAction, InitiativeDetail } from '@pms/contract'
import type { InboxItem, Problem } from '@pms/protocol'
import { expect } from 'vitest'
import type { Person, Reply, Rest, TestServer } from '../src/testing/index.ts'
import { inboxOf } from './goal-calls.ts'

/** The zone in which the tests' organisation lives, and the day on which their clock stands. */
export const TIME_ZONE = 'Europe/Berlin'
export const TODAY = '2027-03-01'
export const DUE = '2027-03-10'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

export const draft = { title: 'Tidy the archive', type: 'INDIVIDUAL', urgency: 'HIGH', due_date: DUE }

export type Detail = InitiativeDetail

/** One's own, or with these changes. */
export async function propose(rest: Rest, changes: object = {}): Promise<Detail> {
  return done(await rest.post('/api/initiatives', { ...draft, ...changes }), 201)
}

/** Of a group; the first is its head. */
export function proposeGroup(rest: Rest, people: Person[], changes: object = {}): Promise<Detail> {
  return propose(rest, { ...groupOf(people), ...changes })
}

/** For somebody below; more than one person are a group, the first its head. */
export async function assign(rest: Rest, people: Person[], changes: object = {}): Promise<Detail> {
  const hands = people.length > 1 ? groupOf(people) : { assignee_ids: people.map(({ id }) => id) }
  return done(await rest.post('/api/initiatives/assign', { ...draft, ...hands, ...changes }), 201)
}

export function groupOf(people: Person[]) {
  return { type: 'GROUP', assignee_ids: people.map(({ id }) => id), head_id: people[0]?.id }
}

/** What can be done with an initiative, and with the request for more time that it has. */
export type Deed = InitiativeAction | 'approve_extension' | 'deny_extension'

/** Whatever each needs to be understood. Reassigning needs to know to whom. */
const BODIES: Partial<Record<Deed, object>> = {
  reject: { reason: 'Too vague' },
  edit: { title: 'Tidy the cellar' },
  submit: { report: 'All of it is in boxes' },
  review: { score: 8, feedback: 'Well done' },
  return: { feedback: 'Label the boxes' },
  request_extension: { new_due_date: '2027-03-20', reason: 'The boxes are late' },
  deny_extension: { reason: 'They are needed' },
}

/** Tries a deed, whatever comes of it. */
export function attempt(
  rest: Rest,
  { id, extensions }: Pick<Detail, 'id' | 'extensions'>,
  deed: Deed,
  body: object | undefined = BODIES[deed],
): Promise<Reply<Detail | Problem>> {
  const path = `/api/initiatives/${id}`
  const extension = `${path}/extensions/${extensions.at(-1)?.id ?? id}`
  switch (deed) {
    case 'edit':
      return rest.patch(path, body)
    case 'request_extension':
      return rest.post(`${path}/extensions`, body)
    case 'approve_extension':
      return rest.put(`${extension}/approve`, body)
    case 'deny_extension':
      return rest.put(`${extension}/deny`, body)
    default:
      return rest.put(`${path}/${deed}`, body)
  }
}

/** Does what must be possible. */
export async function act(
  rest: Rest,
  initiative: Pick<Detail, 'id' | 'extensions'>,
  deed: Deed,
  body?: object,
): Promise<Detail> {
  const reply = (await attempt(rest, initiative, deed, body)) as Reply<Detail>
  return done(reply, deed === 'request_extension' ? 201 : 200)
}

export async function read(rest: Rest, { id }: Pick<Detail, 'id'>): Promise<Detail> {
  return done(await rest.get(`/api/initiatives/${id}`), 200)
}

/** What an inbox holds about an initiative, newest first. */
export async function about(rest: Rest, { id }: Pick<Detail, 'id'>): Promise<InboxItem[]> {
  const { notifications } = await inboxOf(rest)
  return notifications.filter(({ data }) => data.initiative_id === id)
}

/** What the clock makes of initiatives. */
export async function letTimeTell({ app }: TestServer): Promise<void> {
  expect(await app.jobs.run('initiatives.overdue')).toBe(true)
}

function done<T>({ status, body }: Reply<T>, expected: number): T {
  expect(status, JSON.stringify(body)).toBe(expected)
  return body
}

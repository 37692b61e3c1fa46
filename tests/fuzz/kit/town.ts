/**
 * A real server with people in it who call, and people who only own things. Each has secrets: texts with a mark that
 * nobody else is ever to be told, whatever they ask.
 */
import type { GoalDetail } from '@pms/contract'
import { expect } from 'vitest'
import { type Person, type Rest, startServer } from '../../../apps/server/src/testing/index.ts'
import { createGoal } from '../../../apps/server/test/goal-calls.ts'
import { draft, propose } from '../../../apps/server/test/initiative-calls.ts'
import { asSystem, makeKey, payslip, raise, registerType } from '../../../apps/server/test/key-calls.ts'
import * as reviews from '../../../apps/server/test/review-calls.ts'
import { engineTables } from '../../../packages/notifier/src/database/database.ts'
import { wrongCounters } from '../../../packages/notifier/src/testing/recount.ts'
import { createIds, placeOf } from './ids.ts'

/** Who calls. `nobody` has no token, `system` an API key. */
export const CALLERS = ['nobody', 'john', 'jane', 'hana', 'adam', 'ada', 'system'] as const
export type CallerName = (typeof CALLERS)[number]
export type PersonName = Exclude<CallerName, 'nobody' | 'system'>
export const PEOPLE: readonly PersonName[] = ['john', 'jane', 'hana', 'adam', 'ada']

/** Before each mark, so that one look finds all of them. */
const MARK = /mark-[0-9a-f-]{36}/g

const DAY = 86_400_000
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10)

/** A type whose notifications say what they were given, word for word. */
const secretTold = {
  type: 'secret_told',
  priority: 'low',
  title: 'For you: {note}',
  message: 'Only for you: {note}',
  action_url: '/parcels/{note}',
  data_schema: {
    type: 'object',
    properties: { note: { type: 'string', maxLength: 60 } },
    required: ['note'],
  },
}

export type Town = Awaited<ReturnType<typeof openTown>>

export async function openTown() {
  const server = await startServer()
  const { addPerson } = server
  await addPerson('Petra Pass', { password: 'correct horse battery' })
  const { mary, jane, john, hana, ada } = await server.addOrganisation()
  const adam = await addPerson('Adam Min', { role: 'admin' })
  // Who work in this town and never call: what becomes of them does not matter.
  const workers: Person[] = []
  for (let n = 1; n <= 6; n++)
    workers.push(await addPerson(`Worker ${n}`, { supervisor: n % 2 === 0 ? jane : mary }))
  const people: Readonly<Record<PersonName, Person>> = { john, jane, hana, adam, ada }

  // Who use the product as it is meant, and are left alone.
  const calm = [await addPerson('Carl Calm'), await addPerson('Cora Calm')]

  // Who live apart, and are not to be called about by those who may change anything.
  const yara = await addPerson('Yara Apart')
  const xenia = await addPerson('Xenia Apart', { supervisor: yara })

  const reserved = new Set([yara, xenia, ...calm].map(({ id }) => id))
  const kept = new Set([...PEOPLE.map(name => people[name].id), mary.id])
  const ids = createIds(id => reserved.has(id))
  for (const { id } of workers) {
    ids.add('workers', id)
    ids.add('users', id)
  }
  const secrets: string[] = []
  /** Who may be told each mark. */
  const marks = new Map<string, readonly string[]>()
  function mark(...forWhom: readonly string[]): string {
    const text = `mark-${crypto.randomUUID()}`
    marks.set(text, forWhom)
    return text
  }

  const asAda = await server.as(ada)
  const key = (await makeKey(asAda)).key
  const system = asSystem(server, key)
  await registerType(asAda, { ...payslip, type: 'parcel_arrived' })
  await registerType(asAda, secretTold)
  await settleApart()

  /** A goal, an initiative and half a review of those who live apart. */
  async function settleApart(): Promise<void> {
    const asXenia = await server.as(xenia)
    const asHana = await server.as(hana)
    // Whoever sees everybody's goals is told; a draft of a review nobody but its writer.
    const overseers = ['hana', 'ada']
    const goal = await createGoal(asXenia, {
      title: mark(...overseers),
      description: mark(...overseers),
      year: new Date().getUTCFullYear(),
    })
    const initiative = await propose(asXenia, {
      ...draft,
      title: mark(...overseers),
      description: mark(...overseers),
      due_date: inDays(300),
    })
    const days = { period_start: inDays(-90), period_end: inDays(0), deadline: inDays(300) }
    const cycle = await reviews.beginCycle(asHana, new Map([[xenia, []]]), days)
    const own = await reviews.reviewId(server, cycle.id, xenia, xenia)
    const review = await reviews.readReview(asXenia, own)
    await reviews.act(asXenia, own, 'save', reviews.allAnswers(review, 3, mark()))
    const form = new FormData()
    // Who reads the audit reads there what files are called.
    form.set('file', new File([mark()], `${mark(...overseers, 'adam')}.txt`))
    const upload = await fetch(`${server.url}/api/attachments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await server.tokenOf(xenia)}` },
      body: form,
    })
    const file = (await upload.json()) as { id: string }
    secrets.push(goal.id, initiative.id, cycle.id, own, file.id, xenia.id, yara.id)
    secrets.push(...(await idsIn(asXenia, goal)))
    for (const id of secrets) reserved.add(id)
  }

  /** Whatever else belongs to them and has an id. */
  async function idsIn(rest: Rest, goal: GoalDetail): Promise<string[]> {
    const answers = [
      goal,
      ...(await Promise.all(PRIVATE_LISTS.map(path => rest.get(path)))).map(({ body }) => body),
    ]
    return answers.flatMap(answer => JSON.stringify(answer).match(UUIDS) ?? []).filter(id => !kept.has(id))
  }

  const tokens = new Map<PersonName, Promise<string>>()
  const tokenOf = (name: PersonName): Promise<string> => {
    const known = tokens.get(name) ?? server.tokenOf(people[name])
    tokens.set(name, known)
    return known
  }

  const as = async (name: PersonName): Promise<Rest> => {
    const rest = server.rest(await tokenOf(name))
    if ((await rest.get('/api/auth/me')).status !== 401) return rest
    tokens.delete(name)
    return server.rest(await tokenOf(name))
  }

  /** Whoever has an inbox of their own, by the name that marks go by. */
  const speakers: readonly Person[] = [...PEOPLE.map(name => ({ ...people[name], name })), ...calm]

  return {
    server,
    people,
    calm,
    speakers,
    key,
    system,
    ids,
    /** Ids of what belongs to those who live apart. */
    secrets,
    /** Whose accounts stay as they are: everybody else's may be changed. */
    isKept: (id: string) => kept.has(id),
    tokenOf,
    /** After it has ended. */
    forgetToken: (name: PersonName) => tokens.delete(name),
    /** Tells everybody something that is only for them. */
    async whisper(): Promise<void> {
      for (const person of speakers) {
        const data = { note: mark(person.name) }
        const answer = await raise(system, person, { type: 'secret_told', data })
        expect(answer.status, JSON.stringify(answer.body)).toBe(201)
      }
    },
    /** Something of each kind is begun and told to everybody, so that there is more to do than chance would come upon. */
    async work(): Promise<void> {
      const [worker] = workers
      for (const [name, path, body] of workOf(people, worker?.id ?? '', inDays)) {
        const rest = await as(name)
        const { status, body: made } = await rest.post<{ id: string }>(path, body)
        if (status >= 300) continue
        const { id } = made
        if (path === '/api/review-cycles') await rest.put(`${path}/${id}/activate`, {})
        const where = path.replace('/assign', '')
        for (const reader of PEOPLE) {
          const seen = await (await as(reader)).get(`${where}/${id}`)
          if (seen.status === 200) ids.learn(reader, placeOf(path), seen.body)
        }
      }
    },
    /** Marks in a text that this one may not be told. */
    leaks: (text: string, teller: string): string[] =>
      (text.match(MARK) ?? []).filter(found => !marks.get(found)?.includes(teller)),
    /** Lines of the log that tell of trouble. Whatever else was logged is forgotten. */
    troubles: (): string[] => server.log.splice(0).filter(isTrouble),
    /** Inboxes whose counters differ from their rows. Nobody may write meanwhile. */
    wrongCounters: () => wrongCounters(engineTables(server.app.database.db)),
    close: server.close,
  }
}

const UUIDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const PRIVATE_LISTS = ['/api/notifications', '/api/goals', '/api/initiatives', '/api/reviews']

function isTrouble(line: string): boolean {
  const { level, err, res } = JSON.parse(line)
  return level >= 50 && err?.type !== 'DatabaseUnavailable' && res?.status !== 503
}

/** Ordinary things that are to be decided, done or written. */
function workOf(
  { john, jane }: Readonly<Record<PersonName, Person>>,
  worker: string,
  inDays: (days: number) => string,
): readonly (readonly [PersonName, string, object])[] {
  const goal = { title: 'Learn Go', type: 'INDIVIDUAL', quarter: 'Q4', year: 2027 }
  const initiative = { ...draft, due_date: inDays(30) }
  const days = { period_start: inDays(-90), period_end: inDays(0), deadline: inDays(30) }
  const audience = { scope: 'people', user_ids: [john.id, jane.id] }
  const announcement = { title: 'Picnic', body: 'On Friday', priority: 'low', audience: 'everyone' }
  return [
    ['john', '/api/goals', goal],
    ['jane', '/api/goals/assign', { ...goal, assigned_to_user_id: john.id }],
    ['jane', '/api/goals/assign', { ...goal, assigned_to_user_id: worker }],
    ['john', '/api/initiatives', initiative],
    ['jane', '/api/initiatives/assign', { ...initiative, assignee_ids: [john.id] }],
    ['hana', '/api/review-cycles', { ...reviews.cycleBody, ...days, audience }],
    ['hana', '/api/announcements', { ...announcement, requires_acknowledgement: true, publish: true }],
    ['hana', '/api/announcements', { ...announcement, requires_acknowledgement: true, publish: false }],
  ]
}

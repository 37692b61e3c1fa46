import { expect } from 'vitest'
import { type Person, type Rest, startServer } from '../../../apps/server/src/testing/index.ts'
import { asSystem, makeKey, raise, registerType } from '../../../apps/server/test/key-calls.ts'
import { engineTables } from '../../../packages/notifier/src/database/database.ts'
import { wrongCounters } from '../../../packages/notifier/src/testing/recount.ts'
import { settleApart } from './apart.ts'
import { createIds, placeOf } from './ids.ts'
import { workOf } from './work.ts'

/** Who calls. `nobody` has no token, `system` an API key. */
export const CALLERS = ['nobody', 'john', 'jane', 'hana', 'adam', 'ada', 'system'] as const
export type CallerName = (typeof CALLERS)[number]
export type PersonName = Exclude<CallerName, 'nobody' | 'system'>
export const PEOPLE: readonly PersonName[] = ['john', 'jane', 'hana', 'adam', 'ada']

/** Before each mark, so that one look finds all of them. */
const MARK = /mark-[0-9a-f-]{36}/g

/** A type that others may raise with whatever they like, and register anew. */
const parcelArrived = {
  type: 'parcel_arrived',
  priority: 'medium',
  title: 'A parcel',
  message: 'It is at the door.',
  data_schema: { type: 'object', properties: { name: { type: 'string' } }, required: [] },
}

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
  /** Who may be told each mark. */
  const marks = new Map<string, readonly string[]>()
  function mark(...forWhom: readonly string[]): string {
    const text = `mark-${crypto.randomUUID()}`
    marks.set(text, forWhom)
    return text
  }

  const asAda = await server.as(ada)
  const { key, id: keyId } = await makeKey(asAda)
  const system = asSystem(server, key)
  await registerType(asAda, parcelArrived)
  await registerType(asAda, secretTold)
  const secrets = await settleApart({ server, xenia, yara, hr: await server.as(hana), system, mark })
  for (const id of [keyId, ...secrets.values()].flat()) if (!kept.has(id)) reserved.add(id)

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
    /** Ids of what belongs to those who live apart, by kind. */
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
      for (const name of PEOPLE)
        ids.learn(name, 'notifications', (await (await as(name)).get('/api/notifications')).body)
      for (const [name, path, body] of workOf(people, worker?.id ?? '')) {
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

function isTrouble(line: string): boolean {
  const { level, err, res } = JSON.parse(line)
  return level >= 50 && err?.type !== 'DatabaseUnavailable' && res?.status !== 503
}

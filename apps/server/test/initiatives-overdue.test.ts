/** What time makes of initiatives: late once for each due date, at the end of the day where the organisation is. */
import { beforeEach, describe, expect, test } from 'vitest'
import { organisation } from '../src/app.ts'
import { initiativeJobs } from '../src/features/initiatives/actions/overdue.ts'
import type { Organisation } from '../src/organisation.ts'
import {
  type addOrganisation,
  createTestClock,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import {
  about,
  act,
  assign,
  DAY,
  type Detail,
  DUE,
  HOUR,
  letTimeTell,
  propose,
  read,
  TIME_ZONE,
} from './initiative-calls.ts'

type Cast = Awaited<ReturnType<typeof addOrganisation>>

let server: TestServer
let clock: ReturnType<typeof createTestClock>
let cast: Cast
let john: Rest
let jane: Rest

/** It is 10 o'clock on 1 March in Berlin. */
beforeEach(async () => {
  await open(TIME_ZONE)
  return () => server.close()
})

async function open(timeZone: string): Promise<void> {
  clock = createTestClock()
  server = await startServer({ clock, env: { TIME_ZONE: timeZone } })
  cast = await server.addOrganisation()
  await signIn()
}

async function signIn(): Promise<void> {
  john = await server.as(cast.john)
  jane = await server.as(cast.jane)
}

/** Sets the clock, on which tokens end too. */
async function itIs(moment: string): Promise<void> {
  clock.advance(Date.parse(moment) - clock().getTime())
  await signIn()
}

const assigned = (changes: object = {}) => assign(jane, [cast.john], changes)
const started = async (changes: object = {}) => act(john, await assigned(changes), 'start')
const overdueNews = async (rest: Rest, initiative: Detail) =>
  (await about(rest, initiative)).filter(({ type }) => type === 'initiative_overdue')

/** The job by itself, without the scheduler and its lease. */
function jobOf(people: Organisation): (signal: AbortSignal) => Promise<void> {
  const notAsked = () => Promise.reject(new Error('Time asks nothing of others'))
  const [job] = initiativeJobs({
    database: server.app.database,
    people,
    goals: { find: notAsked },
    files: { claim: notAsked, of: notAsked },
    timeZone: TIME_ZONE,
  })
  if (!job) throw new Error('There is a job')
  return signal => job.run(clock(), signal)
}

describe('the end of the day', () => {
  async function endsAt(due_date: string, end: string): Promise<void> {
    const initiative = await started({ due_date })
    await itIs(new Date(Date.parse(end) - 1).toISOString())
    await letTimeTell(server)
    expect((await read(john, initiative)).status, `just before ${end}`).toBe('STARTED')
    clock.advance(1)
    await letTimeTell(server)
    expect((await read(john, initiative)).status, `at ${end}`).toBe('OVERDUE')
  }

  test('goes by the clocks of the organisation, which are set forward and back', async () => {
    await endsAt(DUE, '2027-03-10T23:00:00.000Z')
    await endsAt('2027-03-27', '2027-03-27T23:00:00.000Z')
    // An hour of this day is left out.
    await endsAt('2027-03-28', '2027-03-28T22:00:00.000Z')
    await endsAt('2027-07-01', '2027-07-01T22:00:00.000Z')
    await endsAt('2027-10-30', '2027-10-30T22:00:00.000Z')
    // An hour of this day comes twice.
    await endsAt('2027-10-31', '2027-10-31T23:00:00.000Z')
  })

  test('is another moment elsewhere', async () => {
    await server.close()
    await open('Pacific/Honolulu')
    await endsAt(DUE, '2027-03-11T10:00:00.000Z')
  })
})

describe('late', () => {
  const late = async (make: () => Promise<Detail>) => {
    const initiative = await make()
    await itIs('2027-03-11T09:00:00Z')
    await letTimeTell(server)
    return read(john, initiative)
  }

  test('an assigned one and a started one, and nothing else', async () => {
    const rejected = await act(jane, await propose(john), 'reject')
    const proposed = await propose(john)
    const completed = await act(john, await started(), 'submit')
    const done = await act(jane, await act(john, await started(), 'submit'), 'review')
    const inTime = await started({ due_date: '2027-03-11' })
    const others = [rejected, proposed, completed, done, inTime]
    const first = await assigned()
    const second = await late(() => started())
    expect([(await read(john, first)).status, second.status]).toEqual(['OVERDUE', 'OVERDUE'])
    expect(second.history.at(-1)).toMatchObject({
      event: 'overdue',
      actor: null,
      from_status: 'STARTED',
      to_status: 'OVERDUE',
      due_date: DUE,
    })
    for (const other of others) {
      expect((await read(john, other)).status).toBe(other.status)
      expect(await overdueNews(john, other)).toEqual([])
    }
  })

  test('told once however often time tells, also after a week in which nothing ran', async () => {
    const initiative = await started()
    await itIs('2027-03-18T12:34:00Z')
    await server.app.jobs.tick()
    await server.app.jobs.tick()
    await letTimeTell(server)
    await letTimeTell(server)
    for (const rest of [john, jane]) expect(await overdueNews(rest, initiative)).toHaveLength(1)
    const { history } = await read(john, initiative)
    expect(history.filter(({ event }) => event === 'overdue')).toHaveLength(1)
  })

  test('two runs at once are one: neither knows of a lease', async () => {
    const initiatives = [await started(), await assigned(), await started()]
    await itIs('2027-03-11T09:00:00Z')
    const run = jobOf(organisation)
    const { signal } = new AbortController()
    await Promise.all([run(signal), run(signal), run(signal)])
    for (const initiative of initiatives) {
      expect((await read(john, initiative)).status).toBe('OVERDUE')
      for (const rest of [john, jane]) expect(await overdueNews(rest, initiative)).toHaveLength(1)
    }
  })

  test('more than are looked up at a time', async () => {
    const initiative = await started()
    await server.app.database.transaction(async tx => {
      const row = await tx.db
        .selectFrom('initiatives')
        .selectAll()
        .where('id', '=', initiative.id)
        .executeTakeFirstOrThrow()
      for (let count = 0; count < 110; count += 1) {
        const id = `${initiative.id.slice(0, -6)}${String(count).padStart(6, '0')}`
        await tx.db
          .insertInto('initiatives')
          .values({ ...row, id })
          .execute()
        await tx.db
          .insertInto('initiative_assignees')
          .values({ initiative_id: id, user_id: cast.john.id, left_at: null })
          .execute()
      }
    })
    await itIs('2027-03-11T09:00:00Z')
    await letTimeTell(server)
    const { total } = (await john.get<{ total: number }>('/api/initiatives?status=OVERDUE')).body
    expect(total).toBe(111)
  })

  test('submitted all the same, returned it is not late again for the same day', async () => {
    const initiative = await late(() => assigned())
    expect(await act(john, initiative, 'submit')).toMatchObject({ status: 'COMPLETED' })
    expect(await act(jane, initiative, 'return')).toMatchObject({ status: 'STARTED' })
    clock.advance(HOUR / 2)
    await letTimeTell(server)
    expect((await read(john, initiative)).status).toBe('STARTED')
    expect(await overdueNews(john, initiative)).toHaveLength(1)
  })

  test('returned after its day, having been submitted in time', async () => {
    const initiative = await act(john, await started(), 'submit')
    await itIs('2027-03-12T09:00:00Z')
    await act(jane, initiative, 'return')
    await letTimeTell(server)
    expect((await read(john, initiative)).status).toBe('OVERDUE')
  })
})

describe('more time', () => {
  test.each(['ASSIGNED', 'STARTED'] as const)(
    'puts it back to %s, to be late again after that',
    async before => {
      const initiative = before === 'ASSIGNED' ? await assigned() : await started()
      await itIs('2027-03-11T09:00:00Z')
      await letTimeTell(server)
      await act(john, initiative, 'request_extension', { new_due_date: '2027-03-14', reason: 'Ill' })
      const asked = await read(john, initiative)
      expect(asked).toMatchObject({ status: 'OVERDUE', due_date: DUE })
      const granted = await act(jane, asked, 'approve_extension')
      expect(granted).toMatchObject({ status: before, due_date: '2027-03-14' })
      expect(granted.extensions).toMatchObject([
        { status: 'APPROVED', due_date: DUE, new_due_date: '2027-03-14', decided_by: { name: 'Jane Smith' } },
      ])
      await letTimeTell(server)
      expect((await read(john, initiative)).status).toBe(before)

      await itIs('2027-03-15T09:00:00Z')
      await letTimeTell(server)
      expect((await read(john, initiative)).status).toBe('OVERDUE')
      expect((await overdueNews(john, initiative)).map(({ message }) => message)).toEqual([
        "The initiative 'Tidy the archive' was due on 14 March 2027 and is now overdue.",
        "The initiative 'Tidy the archive' was due on 10 March 2027 and is now overdue.",
      ])
    },
  )

  test('that was asked for is still to be decided when it becomes late meanwhile', async () => {
    const initiative = await act(john, await started(), 'request_extension')
    await itIs('2027-03-11T09:00:00Z')
    await letTimeTell(server)
    expect((await read(john, initiative)).status).toBe('OVERDUE')
    expect(await act(jane, initiative, 'approve_extension')).toMatchObject({
      status: 'STARTED',
      due_date: '2027-03-20',
    })
  })

  test('is not granted until a day that is over: another one has to be named', async () => {
    const initiative = await act(john, await started(), 'request_extension')
    await itIs('2027-03-21T09:00:00Z')
    const path = `/api/initiatives/${initiative.id}/extensions/${initiative.open_extension?.id}/approve`
    expect(await jane.put(path, {})).toMatchObject({ status: 422, body: { errors: [{ field: 'due_date' }] } })
    expect(await jane.put(path, { due_date: '2027-03-21' })).toMatchObject({
      status: 200,
      body: { due_date: '2027-03-21', extensions: [{ new_due_date: '2027-03-21' }] },
    })
  })

  test('denied leaves it late; another may be asked for', async () => {
    const initiative = await started()
    await itIs('2027-03-11T09:00:00Z')
    await letTimeTell(server)
    const asked = await act(john, initiative, 'request_extension')
    const denied = await act(jane, asked, 'deny_extension')
    expect(denied).toMatchObject({
      status: 'OVERDUE',
      due_date: DUE,
      open_extension: null,
      extensions: [{ status: 'DENIED', denial_reason: 'They are needed' }],
    })
    expect((await act(john, denied, 'request_extension')).extensions).toHaveLength(2)
  })
})

test('a stop comes between two initiatives, and the next run does the rest', async () => {
  const initiatives = [await started(), await started()]
  await itIs('2027-03-11T09:00:00Z')
  const stopping = new AbortController()
  const run = jobOf({
    ...organisation,
    findPerson(...args) {
      stopping.abort()
      return organisation.findPerson(...args)
    },
  })
  await run(stopping.signal)
  const states = async () =>
    Promise.all(initiatives.map(async initiative => (await read(john, initiative)).status))
  expect(await states()).toEqual(['OVERDUE', 'STARTED'])
  clock.advance(DAY / 24 / 12)
  await letTimeTell(server)
  expect(await states()).toEqual(['OVERDUE', 'OVERDUE'])
})

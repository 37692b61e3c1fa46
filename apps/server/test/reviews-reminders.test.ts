/** What time says of reviews: due soon, overdue, and to whom it is told when nothing comes of it. */
import type { InboxItem, NotificationPage } from '@pms/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { createTestClock, type Person, startServer, type TestServer } from '../src/testing/index.ts'
import { heard } from './goal-calls.ts'
import {
  act,
  actCycle,
  beginCycle,
  DEADLINE,
  done,
  draftCycle,
  listed,
  reviewId,
  write,
} from './review-calls.ts'

let server: TestServer
let cast: Awaited<ReturnType<typeof addCast>>
let clock: ReturnType<typeof createTestClock>

/** There the night of 27 to 28 March 2027 is an hour short: the last days of March end an hour earlier. */
beforeEach(async () => {
  clock = createTestClock('2027-03-01T09:00:00.000Z')
  server = await startServer({ clock, env: { TIME_ZONE: 'Europe/Berlin' } })
  cast = await addCast(server)
  return () => server.close()
})

/** Mary > Jane > John > Rita; Olga > Otto stand in no line with them. */
async function addCast({ addPerson }: TestServer) {
  const mary = await addPerson('Mary Okafor')
  const jane = await addPerson('Jane Smith', { supervisor: mary })
  const john = await addPerson('John Doe', { supervisor: jane })
  const pete = await addPerson('Pete Peer', { supervisor: jane })
  const rita = await addPerson('Rita Report', { supervisor: john })
  const olga = await addPerson('Olga Other')
  const otto = await addPerson('Otto Other', { supervisor: olga })
  const hana = await addPerson('Hana Sato', { role: 'hr' })
  return { mary, jane, john, pete, rita, olga, otto, hana }
}

const setClock = (moment: string) => clock.advance(Date.parse(moment) - clock().getTime())

/** Sessions end while the clock runs: each look is a new one. */
async function inboxOf(person: Person): Promise<InboxItem[]> {
  const rest = await server.as(person)
  return done(await rest.get<NotificationPage>('/api/notifications?limit=100'), 200).notifications
}

/** What people were reminded of so far, oldest first; the job runs twice, as on two servers. */
async function reminders(...people: Person[]): Promise<string[]> {
  await Promise.all([server.app.jobs.run('review-reminders'), server.app.jobs.run('review-reminders')])
  const told: string[] = []
  for (const person of people) {
    const items = (await inboxOf(person)).filter(item => item.type !== 'review_assigned').reverse()
    told.push(...items.map(({ priority, message }) => `${person.name} ${priority}: ${message}`))
  }
  return told
}

/** John is to write about himself by 31 March. */
const beginOwn = async (changes = {}) =>
  beginCycle(await server.as(cast.hana), new Map([[cast.john, []]]), changes)

const SOON = 'John Doe medium: Your review of John Doe is due on 31 March 2027.'
const TOMORROW = 'John Doe high: Your review of John Doe is due on 31 March 2027.'
const OVERDUE = 'John Doe urgent: Your review of John Doe was due on 31 March 2027.'
const ESCALATED = "Jane Smith high: John Doe's self review was due on 31 March 2027."

describe('each is raised once, when its day begins where the organisation is', () => {
  test.each([
    ['2027-03-27T22:59:59.999Z', []],
    ['2027-03-27T23:00:00.000Z', [SOON]],
    ['2027-03-29T21:59:59.999Z', [SOON]],
    ['2027-03-29T22:00:00.000Z', [TOMORROW]],
    ['2027-03-31T21:59:59.999Z', [TOMORROW]],
    ['2027-03-31T22:00:00.000Z', [OVERDUE]],
    ['2027-04-02T21:59:59.999Z', [OVERDUE]],
    ['2027-04-02T22:00:00.000Z', [OVERDUE, ESCALATED]],
    ['2027-04-30T12:00:00.000Z', [OVERDUE, ESCALATED]],
  ])('nobody looked before %s', async (moment, expected) => {
    await beginOwn()
    setClock(moment)
    expect(await toldOfJohns()).toEqual(expected)
    expect(await toldOfJohns()).toEqual(expected)
  })

  test('day after day', async () => {
    await beginOwn()
    const days: Record<string, number> = {}
    clock.advance(24 * 86_400_000)
    for (let day = 0; day < 14; day++) {
      const told = (await toldOfJohns()).length
      if (!Object.values(days).includes(told)) days[clock().toISOString().slice(0, 10)] = told
      clock.advance(86_400_000)
    }
    expect(days).toEqual({
      '2027-03-25': 0,
      '2027-03-28': 1,
      '2027-03-30': 2,
      '2027-04-01': 3,
      '2027-04-03': 4,
    })
    expect(await toldOfJohns()).toEqual([SOON, TOMORROW, OVERDUE, ESCALATED])
  })

  /** Jane's own review of John is as late as his: only what concerns his is looked at. */
  const toldOfJohns = async () =>
    (await reminders(cast.john, cast.jane)).filter(
      line => !line.includes('Jane Smith medium') && !/^Jane Smith \w+: Your/.test(line),
    )
})

test('whole as they are read: over the socket and in the inbox, raised by nobody', async () => {
  const cycle = await beginOwn()
  const id = await reviewId(server, cycle.id, cast.john, cast.john)
  setClock('2027-03-28T12:00:00.000Z')
  for (const [moment, who, title, url] of [
    ['2027-03-28T12:00:00.000Z', 'john', 'Review Due Soon', `/reviews/${id}`],
    ['2027-03-30T12:00:00.000Z', 'john', 'Review Due Soon', `/reviews/${id}`],
    ['2027-04-01T12:00:00.000Z', 'john', 'Review Overdue', `/reviews/${id}`],
    ['2027-04-03T12:00:00.000Z', 'jane', 'Review Overdue', `/reviews/${id}`],
  ] as const) {
    setClock(moment)
    const socket = await server.socket(cast[who])
    await socket.next('connection_established')
    await server.app.jobs.run('review-reminders')
    const ofThis = (await heard(socket))
      .filter(({ type }) => type === 'new_notification')
      .map(({ notification }) => notification as InboxItem)
      .filter(({ data }) => data.review_id === id)
    expect(ofThis).toMatchObject([
      {
        title,
        action_url: url,
        data: { review_id: id, cycle_id: cycle.id },
        triggered_by_name: null,
        created_at: moment,
      },
    ])
    const [kept] = (await inboxOf(cast[who])).filter(({ data }) => data.review_id === id)
    expect(kept).toMatchObject({ ...ofThis[0], needs_action: true, object: { type: 'review', id } })
    await socket.close()
  }
})

describe('is not said of what', () => {
  test('was submitted; whatever was asked is settled then', async () => {
    const cycle = await beginOwn()
    const id = await reviewId(server, cycle.id, cast.john, cast.john)
    setClock('2027-04-03T12:00:00.000Z')
    await reminders()
    await write(await server.as(cast.john), id, 3)
    for (const who of ['john', 'jane'] as const) {
      const asked = (await inboxOf(cast[who])).filter(item => item.data.review_id === id && item.needs_action)
      expect(asked.length, who).toBeGreaterThan(0)
      for (const item of asked) expect(item).toMatchObject({ is_read: true, resolved_by_name: 'John Doe' })
    }
    expect(await reminders(cast.john)).toHaveLength(1)
  })

  test('was submitted in time, or belongs to a cycle that ended', async () => {
    const cycle = await beginOwn()
    await write(await server.as(cast.john), await reviewId(server, cycle.id, cast.john, cast.john), 3)
    await actCycle(await server.as(cast.hana), cycle.id, 'complete')
    await actCycle(await server.as(cast.hana), (await beginOwn()).id, 'cancel')
    setClock('2027-04-10T12:00:00.000Z')
    expect(await reminders(cast.john, cast.mary)).toEqual([])
  })

  test('was asked only two days before: no three days', async () => {
    setClock('2027-03-29T12:00:00.000Z')
    await beginOwn()
    expect(await reminders(cast.john)).toEqual([])
    setClock('2027-03-30T12:00:00.000Z')
    expect(await reminders(cast.john)).toEqual([TOMORROW])
  })

  test('was asked on its last day: only that it is overdue', async () => {
    setClock('2027-03-31T12:00:00.000Z')
    await beginOwn()
    expect(await reminders(cast.john)).toEqual([])
    setClock('2027-04-01T12:00:00.000Z')
    expect(await reminders(cast.john)).toEqual([OVERDUE])
  })
})

describe('begins anew', () => {
  test('with another deadline, and goes by it', async () => {
    const cycle = await beginOwn()
    setClock('2027-04-01T12:00:00.000Z')
    expect(await reminders(cast.john)).toEqual([OVERDUE])
    await actCycle(await server.as(cast.hana), cycle.id, 'edit', { deadline: '2027-04-05' })
    expect(await reminders(cast.john)).toEqual([OVERDUE])
    setClock('2027-04-06T12:00:00.000Z')
    expect(await reminders(cast.john)).toEqual([
      OVERDUE,
      'John Doe urgent: Your review of John Doe was due on 5 April 2027.',
    ])
  })

  test('for whoever takes over, and for who has a review again', async () => {
    const hana = async () => server.as(cast.hana)
    const cycle = await beginCycle(await hana(), new Map([[cast.john, [cast.pete]]]))
    const peer = await reviewId(server, cycle.id, cast.john, cast.pete)
    setClock('2027-04-01T12:00:00.000Z')
    expect(await reminders(cast.pete)).toEqual([OVERDUE.replace('John Doe urgent', 'Pete Peer urgent')])
    await act(await hana(), peer, 'reassign', { reviewer_id: cast.otto.id, due_on: '2027-04-02' })
    expect(await reminders(cast.otto)).toEqual([
      'Otto Other high: Your review of John Doe is due on 2 April 2027.',
    ])
    await write(await server.as(cast.otto), peer, 3)
    await act(await hana(), peer, 'reopen', { due_on: '2027-04-10' })
    setClock('2027-04-11T12:00:00.000Z')
    expect((await reminders(cast.otto)).at(-1)).toBe(
      'Otto Other urgent: Your review of John Doe was due on 10 April 2027.',
    )
    // It has a day of its own: a new deadline of the cycle moves only the others.
    await actCycle(await hana(), cycle.id, 'edit', { deadline: '2027-04-20' })
    const days = (await listed(await hana(), `scope=all&cycle_id=${cycle.id}`)).map(
      ({ kind, due_on }) => `${kind} ${due_on}`,
    )
    expect(days).toEqual(['self 2027-04-20', 'supervisor 2027-04-20', 'peer 2027-04-10'])
  })
})

describe('what is late is told to who answers for the reviewer', () => {
  const late = (name: string, kind: string) => `high: ${name}'s ${kind} review was due on 31 March 2027.`

  test('of a supervisor review that is their own supervisor', async () => {
    await beginOwn()
    setClock('2027-04-03T12:00:00.000Z')
    expect(await reminders(cast.mary)).toEqual([`Mary Okafor ${late('Jane Smith', 'supervisor')}`])
  })

  test('of a peer review without a name where that person reads what peers write; with it where not', async () => {
    const peers = [cast.pete, cast.rita, cast.otto]
    const cycle = await beginCycle(await server.as(cast.hana), new Map([[cast.john, peers]]))
    setClock('2027-04-03T12:00:00.000Z')
    // Pete reports to Jane, who reads the reviews of John. Rita reports to John, whom she reviews: it goes past him.
    const ofPeers = (line: string) => line.includes('peer review')
    expect((await reminders(cast.jane, cast.john, cast.mary, cast.olga)).filter(ofPeers)).toEqual([
      `Jane Smith ${late('A peer', 'peer')}`,
      `Jane Smith ${late('A peer', 'peer')}`,
      `Olga Other ${late('Otto Other', 'peer')}`,
    ])

    // She sees what it is about, and that it is late; never what it says.
    const id = await reviewId(server, cycle.id, cast.john, cast.otto)
    const page = async () => (await server.as(cast.olga)).get(`/api/reviews/${id}`)
    expect(await page()).toMatchObject({
      status: 200,
      body: { status: 'overdue', reviewer: { name: 'Otto Other' }, answers: null, allowed_actions: [] },
    })
    await write(await server.as(cast.otto), id, 2)
    expect(await page()).toMatchObject({ status: 200, body: { status: 'completed', answers: null } })
    for (const who of ['jane', 'john'] as const) {
      const text = JSON.stringify(await inboxOf(cast[who]))
      for (const peer of peers) expect(text).not.toContain(peer.name)
    }
  })
})

describe('of many', () => {
  test('all are asked, reminded and let off, each once, in parts', async () => {
    const crowd: Person[] = []
    for (let n = 0; n < 60; n++) crowd.push(await server.addPerson(`Person ${n}`, { supervisor: cast.olga }))
    const hana = await server.as(cast.hana)
    const { id } = await draftCycle(hana, [], { audience: { scope: 'everyone' } })
    const begun = await actCycle(hana, id, 'activate')
    expect(begun.audience).toMatchObject({ scope: 'everyone', count: 68 })
    await server.app.jobs.run('review-rounds')
    const now = await hana.get(`/api/review-cycles/${id}`)
    expect(now.body).toMatchObject({ audience: { count: 68, assigned: 68 } })

    setClock(`${DEADLINE}T12:00:00.000Z`)
    await reminders()
    await reminders()
    const perPerson = await server.app.database.db
      .selectFrom('notifications')
      .select(['user_id', 'type', 'object_id'])
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .groupBy(['user_id', 'type', 'object_id'])
      .execute()
    expect(perPerson.every(({ count }) => count === 1)).toBe(true)
    const ofType = (type: string) => perPerson.filter(row => row.type === type).length
    // Each writes about themselves, and of all but Mary, Olga and Hana somebody above does; Hana was the actor.
    expect(ofType('review_assigned')).toBe(68 - 1 + 65)
    expect(ofType('review_due_soon')).toBe(68 + 65)

    await actCycle(await server.as(cast.hana), id, 'cancel')
    await server.app.jobs.run('review-rounds')
    const open = await server.app.database.db
      .selectFrom('notifications')
      .select('id')
      .where('needs_action', '=', 1)
      .where('resolved_at', 'is', null)
      .execute()
    expect(open).toEqual([])
  })

  test('a crash in between leaves the rest to the next run', async () => {
    for (let n = 0; n < 20; n++) await server.addPerson(`Person ${n}`, { supervisor: cast.olga })
    const hana = await server.as(cast.hana)
    const { id } = await draftCycle(hana, [], { audience: { scope: 'everyone' } })
    await server.app.jobs.stop()
    const { audience } = await actCycle(hana, id, 'activate')
    expect(audience).toMatchObject({ count: 28, assigned: 16 })
    const again = await startServer({ clock, dataDir: server.dataDir })
    await again.app.jobs.tick()
    const { body } = await (await again.as(cast.hana)).get(`/api/review-cycles/${id}`)
    expect(body).toMatchObject({ audience: { count: 28, assigned: 28 } })
    await again.close()
  })
})

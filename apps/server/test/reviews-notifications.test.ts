/** Who hears of what happens to reviews: live, in their inbox, and nobody else. */
import type { InboxItem, NotificationPage } from '@pms/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  changePerson,
  createTestClock,
  type Person,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import { heard, heardTypes } from './goal-calls.ts'
import {
  about,
  act,
  actCycle,
  allAnswers,
  beginCycle,
  choosePeers,
  done,
  draftCycle,
  readReview,
  reviewId,
  write,
} from './review-calls.ts'

let server: TestServer
let cast: Awaited<ReturnType<typeof addCast>>
let rests: Record<keyof typeof cast, Rest>

beforeEach(async () => {
  server = await startServer({ clock: createTestClock() })
  cast = await addCast(server)
  const entries = Object.entries(cast).map(async ([who, person]) => [who, await server.as(person)] as const)
  rests = Object.fromEntries(await Promise.all(entries)) as typeof rests
  return () => server.close()
})

/** Mary > Jane > John and two colleagues; Hana is HR. */
async function addCast({ addPerson }: TestServer) {
  const mary = await addPerson('Mary Okafor')
  const jane = await addPerson('Jane Smith', { supervisor: mary })
  const john = await addPerson('John Doe', { supervisor: jane })
  const pete = await addPerson('Pete Peer', { supervisor: jane })
  const paula = await addPerson('Paula Peer', { supervisor: mary })
  const hana = await addPerson('Hana Sato', { role: 'hr' })
  return { mary, jane, john, pete, paula, hana }
}

type Who = keyof typeof cast

async function plainSockets() {
  const sockets = {} as Record<Who, Awaited<ReturnType<TestServer['socket']>>>
  for (const who of Object.keys(cast) as Who[]) {
    sockets[who] = await server.socket(cast[who])
    await sockets[who].next('connection_established')
  }
  return sockets
}

/** A socket that hears of open pages too. */
async function resumingSocket(who: Who) {
  const socket = await server.socket(cast[who], { query: { since: '0' } })
  await socket.next('sync')
  return socket
}

async function inbox(who: Who): Promise<InboxItem[]> {
  return done(await rests[who].get<NotificationPage>('/api/notifications?limit=100'), 200).notifications
}

/** John's reviews: his own, Jane's, and Pete's as a peer. */
async function begin() {
  const cycle = await beginCycle(rests.hana, new Map([[cast.john, [cast.pete]]]))
  const id = (by: Person) => reviewId(server, cycle.id, cast.john, by)
  return { cycle, self: await id(cast.john), supervisor: await id(cast.jane), peer: await id(cast.pete) }
}

/** Does something and gives what each person was told of it, over the socket; the inbox must hold the same. */
async function told(act: () => Promise<unknown>): Promise<Partial<Record<Who, object[]>>> {
  const sockets = await plainSockets()
  const before = new Map<Who, Set<string>>()
  for (const who of Object.keys(cast) as Who[]) {
    before.set(who, new Set((await inbox(who)).map(item => item.id)))
  }
  await act()
  const result: Partial<Record<Who, object[]>> = {}
  for (const who of Object.keys(cast) as Who[]) {
    const live = (await heard(sockets[who])).filter(message => message.type === 'new_notification')
    const kept = (await inbox(who)).filter(item => !before.get(who)?.has(item.id)).reverse()
    expect(kept.map(item => item.id)).toEqual(
      live.map(message => (message.notification as { id: string }).id),
    )
    if (kept.length > 0) {
      result[who] = kept.map(({ type, priority, title, message, action_url, data, triggered_by_name }) => ({
        type,
        priority,
        title,
        message,
        action_url,
        data,
        triggered_by_name,
      }))
    }
    await sockets[who].close()
  }
  return result
}

const assigned = (kind: string, id: string, cycle: { id: string }, due = '31 March 2027') => ({
  type: 'review_assigned',
  priority: 'high',
  title: 'Review Assigned',
  message: `You have been assigned a ${kind} review of John Doe, due ${due}.`,
  action_url: `/reviews/${id}`,
  data: { review_id: id, cycle_id: cycle.id },
  triggered_by_name: 'Hana Sato',
})

describe('review_assigned', () => {
  test('tells each reviewer when the cycle is activated; whoever activated it hears nothing', async () => {
    const draft = await draftCycle(rests.hana, [cast.john, cast.hana])
    await choosePeers(rests.hana, draft.id, cast.john, [cast.pete])
    const heardOf = await told(() => actCycle(rests.hana, draft.id, 'activate'))
    const id = (by: Person) => reviewId(server, draft.id, cast.john, by)
    expect(heardOf).toEqual({
      john: [assigned('self', await id(cast.john), draft)],
      jane: [assigned('supervisor', await id(cast.jane), draft)],
      pete: [assigned('peer', await id(cast.pete), draft)],
    })
    // It is Hana's own act, and she has hers to write all the same.
    expect(
      await readReview(rests.hana, await reviewId(server, draft.id, cast.hana, cast.hana)),
    ).toMatchObject({
      kind: 'self',
      status: 'pending',
    })
  })

  test('tells again whose review is reopened', async () => {
    const { cycle, peer } = await begin()
    await write(rests.pete, peer, 3)
    expect(await told(() => act(rests.hana, peer, 'reopen', { due_on: '2027-04-09' }))).toEqual({
      pete: [assigned('peer', peer, cycle, '9 April 2027')],
    })
    expect((await about(rests.pete, peer)).map(({ resolved_at }) => resolved_at === null)).toEqual([
      true,
      false,
    ])
  })

  test('tells whoever takes over a review; who had it is not asked any more', async () => {
    const { cycle, peer } = await begin()
    expect(await told(() => act(rests.hana, peer, 'reassign', { reviewer_id: cast.paula.id }))).toEqual({
      paula: [assigned('peer', peer, cycle)],
    })
    expect(await about(rests.pete, peer)).toMatchObject([{ is_read: true, resolved_by_name: 'Hana Sato' }])
    expect(await told(() => act(rests.hana, peer, 'reassign', { reviewer_id: cast.pete.id }))).toEqual({
      pete: [assigned('peer', peer, cycle)],
    })
  })

  test('tells who decides for a supervisor who is away; who has nobody above has no supervisor review', async () => {
    await changePerson(server.app, cast.jane, { status: 'on_leave' })
    const cycle = await beginCycle(
      rests.hana,
      new Map([
        [cast.john, []],
        [cast.mary, []],
      ]),
    )
    const rows = await server.app.database.db
      .selectFrom('reviews')
      .select(['reviewee_id', 'reviewer_id', 'kind'])
      .where('cycle_id', '=', cycle.id)
      .orderBy('kind')
      .execute()
    expect(rows).toHaveLength(3)
    expect(rows).toContainEqual({ reviewee_id: cast.john.id, reviewer_id: cast.mary.id, kind: 'supervisor' })
    expect(rows).toContainEqual({ reviewee_id: cast.mary.id, reviewer_id: cast.mary.id, kind: 'self' })
  })
})

describe('review_submitted', () => {
  const submitted = (message: string, id: string, cycle: { id: string }, by: string) => ({
    type: 'review_submitted',
    priority: 'medium',
    title: 'Review Submitted',
    message,
    action_url: `/reviews/${id}`,
    data: { review_id: id, cycle_id: cycle.id },
    triggered_by_name: by,
  })

  test('of a self review tells the supervisor', async () => {
    const { cycle, self } = await begin()
    const message = 'John Doe has submitted a self review of John Doe.'
    expect(await told(() => write(rests.john, self, 4))).toEqual({
      jane: [submitted(message, self, cycle, 'John Doe')],
    })
  })

  test('of a supervisor review tells the one reviewed', async () => {
    const { cycle, supervisor } = await begin()
    const message = 'Jane Smith has submitted the supervisor review of you.'
    expect(await told(() => write(rests.jane, supervisor, 4))).toEqual({
      john: [submitted(message, supervisor, cycle, 'Jane Smith')],
    })
  })

  test('of a peer review tells the supervisor, and not by whom', async () => {
    const { cycle, peer } = await begin()
    const message = 'A peer has submitted a peer review of John Doe.'
    expect(await told(() => write(rests.pete, peer, 4))).toEqual({
      jane: [submitted(message, peer, cycle, 'A peer')],
    })
    const [row] = await server.app.database.db
      .selectFrom('notifications')
      .selectAll()
      .where('type', '=', 'review_submitted')
      .execute()
    expect(JSON.stringify(row)).not.toContain(cast.pete.id)
  })

  test('goes to whoever writes the supervisor review now', async () => {
    const { self, supervisor } = await begin()
    await act(rests.hana, supervisor, 'reassign', { reviewer_id: cast.paula.id })
    expect(Object.keys(await told(() => write(rests.john, self, 4)))).toEqual(['paula'])
    expect((await readReview(rests.paula, self)).answers).toHaveLength(4)
  })

  test('settles what its writer was asked, on every socket', async () => {
    const { peer } = await begin()
    const socket = await server.socket(cast.pete)
    await socket.next('connection_established')
    await write(rests.pete, peer, 4)
    expect(await socket.next('marked_read')).toMatchObject({ unread_count: 0 })
    expect(await about(rests.pete, peer)).toMatchObject([{ is_read: true, resolved_by_name: 'Pete Peer' }])
  })
})

test('the end of a cycle lets off whoever did not get to it', async () => {
  for (const end of ['complete', 'cancel'] as const) {
    const { cycle, self, peer, supervisor } = await begin()
    await write(rests.jane, supervisor, 4)
    expect(await told(() => actCycle(rests.hana, cycle.id, end))).toEqual({})
    for (const [who, id] of [
      ['john', self],
      ['pete', peer],
    ] as const) {
      expect(await about(rests[who], id)).toMatchObject([{ is_read: true, resolved_by_name: 'Hana Sato' }])
      expect(await readReview(rests[who], id)).toMatchObject({ status: 'closed', allowed_actions: [] })
    }
  }
})

describe('open pages', () => {
  const changes = async (socket: Awaited<ReturnType<typeof resumingSocket>>) =>
    (await heard(socket))
      .filter(({ type }) => type === 'resource_changed')
      .map(({ resource, id }) => `${resource} ${id}`)

  test('of whom it concerns hear what changed, a draft but its beginning on the writer’s own tabs alone', async () => {
    const { self, peer, supervisor } = await begin()
    const sockets = {
      john: await resumingSocket('john'),
      jane: await resumingSocket('jane'),
      mary: await resumingSocket('mary'),
      pete: await resumingSocket('pete'),
      hana: await resumingSocket('hana'),
    }
    const answers = allAnswers(await readReview(rests.pete, peer), 3)
    await act(rests.pete, peer, 'save', answers)
    await act(rests.pete, peer, 'save', allAnswers(await readReview(rests.pete, peer), 2))
    await act(rests.jane, supervisor, 'save', answers)
    await act(rests.jane, supervisor, 'save', allAnswers(await readReview(rests.jane, supervisor), 2))
    const begun = [`review ${peer}`, `review ${supervisor}`]
    expect(await changes(sockets.pete)).toEqual([`review ${peer}`, `review ${peer}`])
    expect(await changes(sockets.jane)).toEqual([...begun, `review ${supervisor}`])
    for (const who of ['mary', 'hana'] as const) expect(await changes(sockets[who]), who).toEqual(begun)
    expect(await changes(sockets.john)).toEqual([])

    await act(rests.pete, peer, 'submit')
    await write(rests.john, self, 3)
    await act(rests.jane, supervisor, 'submit')
    const done = [`review ${peer}`, `review ${self}`, `review ${self}`, `review ${supervisor}`]
    expect(await changes(sockets.jane)).toEqual([...begun, `review ${supervisor}`, ...done])
    // His draft, his submission, and what was said about him: nothing of Pete's.
    expect(await changes(sockets.john)).toEqual([`review ${self}`, `review ${self}`, `review ${supervisor}`])
    for (const who of ['mary', 'hana'] as const)
      expect(await changes(sockets[who]), who).toEqual([...begun, ...done])

    const heardBefore = (await changes(sockets.john)).length
    await act(rests.hana, supervisor, 'reopen')
    await act(rests.hana, peer, 'reopen')
    await act(rests.hana, peer, 'reassign', { reviewer_id: cast.paula.id })
    expect(await changes(sockets.john)).toHaveLength(heardBefore)
    expect((await changes(sockets.jane)).slice(-3)).toEqual([
      `review ${supervisor}`,
      `review ${peer}`,
      `review ${peer}`,
    ])
    expect((await changes(sockets.pete)).slice(-2)).toEqual([`review ${peer}`, `review ${peer}`])
  })

  test('of who runs a cycle in which they are reviewed hear nothing of what others write about them', async () => {
    const cycle = await beginCycle(rests.hana, new Map([[cast.john, []]]))
    const own = await draftCycle(rests.hana, [cast.hana])
    const other = await server.addPerson('Hugo Rey', { role: 'hr' })
    await choosePeers(await server.as(other), own.id, cast.hana, [cast.pete])
    await actCycle(rests.hana, own.id, 'activate')
    const socket = await resumingSocket('hana')
    await write(rests.pete, await reviewId(server, own.id, cast.hana, cast.pete), 2)
    expect(await heardTypes(socket)).toEqual(['sync'])
    await write(rests.john, await reviewId(server, cycle.id, cast.john, cast.john), 2)
    // That he begins, and that he submits.
    expect(await heardTypes(socket)).toEqual(['sync', 'resource_changed', 'resource_changed'])
  })
})

test('what was done is in the audit trail; of peers nothing is, nor of drafts, but who manages reviews reads of both', async () => {
  const { cycle, peer, supervisor } = await begin()
  await write(rests.pete, peer, 3, 'Secret')
  await write(rests.jane, supervisor, 3)
  await act(rests.hana, peer, 'reopen')
  await act(rests.hana, peer, 'reassign', { reviewer_id: cast.paula.id })
  const rows = await server.app.database.db
    .selectFrom('audit')
    .selectAll()
    .where('action', 'like', 'review%')
    .orderBy('id')
    .execute()
  expect(rows.map(row => `${row.actor_name}: ${row.action} ${row.object_type} ${row.object_id}`)).toEqual([
    `Hana Sato: review_cycle.created review_cycle ${cycle.id}`,
    `Hana Sato: review_cycle.peers_chosen review_cycle ${cycle.id}`,
    `Hana Sato: review_cycle.activated review_cycle ${cycle.id}`,
    `Jane Smith: review.submitted review ${supervisor}`,
  ])
  const trail = JSON.stringify(rows)
  for (const secret of [cast.pete.id, cast.paula.id, peer, 'Secret']) expect(trail).not.toContain(secret)

  const { history } = await readReview(rests.hana, peer)
  expect(history?.map(({ actor, event }) => `${actor.name}: ${event}`)).toEqual([
    'Hana Sato: assigned',
    'Pete Peer: started',
    'Pete Peer: submitted',
    'Hana Sato: reopened',
    'Hana Sato: reassigned',
  ])
  for (const who of ['jane', 'mary', 'paula'] as const) {
    expect((await readReview(rests[who], peer)).history, who).toBeNull()
  }
})

/** Who hears of what happens to an initiative: live, in their inbox, and nobody else. */
import { beforeEach, describe, expect, test } from 'vitest'
import { initiativeNotifications } from '../src/features/initiatives/notifications.ts'
import {
  type addOrganisation,
  createTestClock,
  type Person,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import { heard, heardTypes, inboxOf } from './goal-calls.ts'
import {
  about,
  act,
  assign,
  DAY,
  type Deed,
  type Detail,
  draft,
  groupOf,
  letTimeTell,
  propose,
  proposeGroup,
  read,
  TIME_ZONE,
} from './initiative-calls.ts'

type Cast = Awaited<ReturnType<typeof addOrganisation>> & Record<'rita' | 'pete', Person>
type Who = keyof Cast

let server: TestServer
let clock: ReturnType<typeof createTestClock>
let cast: Cast
let rests: Record<Who, Rest>

/** John and Pete report to Jane, Jane to Mary, Rita to John; Hana is HR, Ada may do everything. */
beforeEach(async () => {
  clock = createTestClock()
  server = await startServer({ clock, env: { TIME_ZONE } })
  const organisation = await server.addOrganisation()
  cast = {
    ...organisation,
    pete: await server.addPerson('Pete Peer', { supervisor: organisation.jane }),
    rita: await server.addPerson('Rita Report', { supervisor: organisation.john }),
  }
  await signIn()
  return () => server.close()
})

async function signIn(): Promise<void> {
  const entries = Object.entries(cast).map(async ([who, person]) => [who, await server.as(person)] as const)
  rests = Object.fromEntries(await Promise.all(entries)) as Record<Who, Rest>
}

async function plainSocket(who: Who) {
  const socket = await server.socket(cast[who])
  await socket.next('connection_established')
  return socket
}

/** A socket that hears each change as it is, open pages included. */
async function resumingSocket(who: Who) {
  const socket = await server.socket(cast[who], { query: { since: '0' } })
  await socket.next('sync')
  return socket
}

const doAll = async (initiative: Detail, ...steps: [Who, Deed, object?][]): Promise<Detail> => {
  let last = initiative
  for (const [who, deed, body] of steps) last = await act(rests[who], last, deed, body)
  return last
}

const proposed = () => propose(rests.john)
const assigned = () => assign(rests.jane, [cast.john])
const ofTwo = () => proposeGroup(rests.john, [cast.john, cast.rita])
const started = async () => doAll(await assigned(), ['john', 'start'])
const completed = async () => doAll(await started(), ['john', 'submit'])
const asking = async () => doAll(await started(), ['john', 'request_extension'])
/** John leads Pete; both hear of what is decided, the boss of both decides. */
const completedGroup = async () =>
  doAll(await assign(rests.jane, [cast.john, cast.pete]), ['john', 'start'], ['john', 'submit'])

interface Example {
  type: string
  title: string
  /** What is there before it happens. */
  before?: () => Promise<Detail>
  happens: (before: Detail) => Promise<unknown>
  /** null: time does it. */
  by: Who | null
  to: Who[]
  message: string
  priority: string
  page?: string
  reason?: string
  isExtension?: boolean
  needsAction?: boolean
}

const EXAMPLES: Example[] = [
  {
    type: 'initiative_created',
    title: 'New Initiative Awaiting Approval',
    happens: proposed,
    by: 'john',
    to: ['jane'],
    message: "John Doe has created a new initiative 'Tidy the archive' that requires your approval.",
    priority: 'high',
    needsAction: true,
  },
  {
    type: 'initiative_assigned',
    title: 'New Initiative Assigned to You',
    happens: () => assign(rests.jane, [cast.john, cast.rita]),
    by: 'jane',
    to: ['john', 'rita'],
    message: "Jane Smith has assigned you an initiative: 'Tidy the archive', due 10 March 2027.",
    priority: 'high',
  },
  {
    type: 'initiative_assigned',
    title: 'Initiative Approved',
    before: ofTwo,
    happens: it => act(rests.jane, it, 'approve'),
    by: 'jane',
    to: ['john'],
    message: "Jane Smith has approved your initiative 'Tidy the archive', due 10 March 2027. You can start.",
    priority: 'high',
  },
  {
    type: 'initiative_assigned',
    title: 'New Initiative Assigned to You',
    before: ofTwo,
    happens: it => act(rests.jane, it, 'approve'),
    by: 'jane',
    to: ['rita'],
    message: "Jane Smith has assigned you an initiative: 'Tidy the archive', due 10 March 2027.",
    priority: 'high',
  },
  {
    type: 'initiative_assigned',
    title: 'New Initiative Assigned to You',
    before: started,
    happens: it => act(rests.jane, it, 'reassign', { assignee_ids: [cast.pete.id] }),
    by: 'jane',
    to: ['pete'],
    message: "Jane Smith has assigned you an initiative: 'Tidy the archive', due 10 March 2027.",
    priority: 'high',
  },
  {
    type: 'initiative_submitted',
    title: 'Initiative Submitted for Review',
    before: started,
    happens: it => act(rests.john, it, 'submit'),
    by: 'john',
    to: ['jane'],
    message: "John Doe has submitted the initiative 'Tidy the archive' for your review.",
    priority: 'high',
    page: '/review',
    needsAction: true,
  },
  {
    type: 'initiative_reviewed',
    title: 'Initiative Reviewed',
    before: completedGroup,
    happens: it => act(rests.jane, it, 'review'),
    by: 'jane',
    to: ['john', 'pete'],
    message: "Jane Smith has reviewed your initiative 'Tidy the archive'. Score: 8/10.",
    priority: 'medium',
  },
  {
    type: 'initiative_reviewed',
    title: 'Initiative Rejected',
    before: ofTwo,
    happens: it => act(rests.jane, it, 'reject'),
    by: 'jane',
    to: ['john'],
    message: "Jane Smith has rejected your initiative 'Tidy the archive'. Reason: Too vague",
    priority: 'high',
    reason: 'Too vague',
  },
  {
    type: 'initiative_reviewed',
    title: 'Initiative Returned',
    before: completedGroup,
    happens: it => act(rests.jane, it, 'return'),
    by: 'jane',
    to: ['john', 'pete'],
    message: "Jane Smith has returned your initiative 'Tidy the archive' for more work: Label the boxes",
    priority: 'high',
  },
  {
    type: 'initiative_overdue',
    title: 'Initiative Overdue',
    before: async () => doAll(await assign(rests.jane, [cast.john, cast.pete]), ['john', 'start']),
    happens: () => letTimeTell(server),
    by: null,
    to: ['john', 'pete'],
    message: "The initiative 'Tidy the archive' was due on 10 March 2027 and is now overdue.",
    priority: 'urgent',
  },
  {
    type: 'initiative_overdue',
    title: 'Initiative Overdue',
    before: started,
    happens: () => letTimeTell(server),
    by: null,
    to: ['jane'],
    message: "John Doe's initiative 'Tidy the archive' was due on 10 March 2027 and is now overdue.",
    priority: 'high',
  },
  {
    type: 'initiative_extension_requested',
    title: 'Extension Requested',
    before: started,
    happens: it => act(rests.john, it, 'request_extension'),
    by: 'john',
    to: ['jane'],
    message: "John Doe has requested an extension for 'Tidy the archive' to 20 March 2027.",
    priority: 'high',
    reason: 'The boxes are late',
    isExtension: true,
    needsAction: true,
  },
  {
    type: 'initiative_extension_approved',
    title: 'Extension Approved',
    before: async () =>
      doAll(await assign(rests.jane, [cast.john, cast.pete]), ['john', 'request_extension']),
    happens: it => act(rests.jane, it, 'approve_extension', { due_date: '2027-03-15' }),
    by: 'jane',
    to: ['john', 'pete'],
    message: "Jane Smith has approved your extension for 'Tidy the archive'. New due date: 15 March 2027.",
    priority: 'medium',
    isExtension: true,
  },
  {
    type: 'initiative_extension_denied',
    title: 'Extension Denied',
    before: asking,
    happens: it => act(rests.jane, it, 'deny_extension'),
    by: 'jane',
    to: ['john'],
    message: "Jane Smith has denied your extension for 'Tidy the archive'. Reason: They are needed",
    priority: 'high',
    reason: 'They are needed',
    isExtension: true,
  },
]

describe('each of them', () => {
  test('has an example', () => {
    const defined = initiativeNotifications.map(
      ({ type, priority, title }) => `${type} ${priority} ${title(undefined as never)}`,
    )
    const shown = EXAMPLES.map(({ type, priority, title }) => `${type} ${priority} ${title}`)
    expect(new Set(shown)).toEqual(new Set(defined))
  })

  test.each(EXAMPLES)('$type to $to: $title', async example => {
    const { type, title, before, happens, by, to, message, priority, page = '' } = example
    const { reason, isExtension = false, needsAction = false } = example
    const made = await before?.()
    if (by === null) {
      clock.advance(10 * DAY)
      await signIn()
    }
    const everybody = Object.keys(cast) as Who[]
    const sockets = await Promise.all(everybody.map(who => plainSocket(who)))
    const versions = await Promise.all(everybody.map(async who => (await inboxOf(rests[who])).version))

    const after = ((await happens(made as Detail)) ?? made) as Detail
    const initiative = await read(rests.hana, after)
    const data = {
      initiative_id: initiative.id,
      ...(isExtension && { extension_id: initiative.extensions.at(-1)?.id }),
      ...(reason !== undefined && { reason }),
    }
    for (const [index, who] of everybody.entries()) {
      const socket = sockets[index]
      if (!socket) throw new Error('Everybody has a socket')
      const live = (await heard(socket))
        .filter(each => each.type === 'new_notification')
        .map(each => ({ ...(each.notification as object), version: each.version }))
        .filter(each => 'message' in each && each.message === message)
      const { notifications } = await inboxOf(rests[who])
      const kept = notifications.filter(each => each.message === message && each.seq > (versions[index] ?? 0))
      if (!to.includes(who)) {
        expect([live, kept], `${who} hears nothing`).toEqual([[], []])
        continue
      }
      expect(kept, who).toEqual([
        {
          id: kept[0]?.id,
          type,
          priority,
          title,
          message,
          action_url: `/initiatives/${initiative.id}${page}`,
          data,
          triggered_by_name: by && cast[by].name,
          created_at: clock().toISOString(),
          is_read: false,
          seq: kept[0]?.seq,
          needs_action: needsAction,
          resolved_at: null,
          resolved_by_name: null,
          object: isExtension
            ? { type: 'initiative_extension', id: data.extension_id }
            : { type: 'initiative', id: initiative.id },
        },
      ])
      const {
        seq,
        needs_action: _n,
        resolved_at: _r,
        resolved_by_name: _b,
        object: _o,
        ...sent
      } = kept[0] ?? {}
      expect(live, who).toEqual([{ ...sent, version: seq }])
    }
    if (by !== null) {
      const own = (await inboxOf(rests[by])).notifications.filter(
        each => each.seq > (versions[everybody.indexOf(by)] ?? 0),
      )
      expect(own, 'nobody hears of what they did').toEqual([])
    }
  })

  test('what changes no hands raises none', async () => {
    const initiative = await assigned()
    const count = async (who: Who) => (await inboxOf(rests[who])).total
    const before = [await count('john'), await count('jane'), await count('mary')]
    await act(rests.john, initiative, 'start')
    await act(rests.jane, initiative, 'reassign', { assignee_ids: [cast.john.id] })
    expect([await count('john'), await count('jane'), await count('mary')]).toEqual(before)
    const rejected = await doAll(await proposed(), ['jane', 'reject'])
    const then = [await count('john'), await count('jane')]
    await act(rests.john, rejected, 'edit')
    expect([await count('john'), await count('jane')]).toEqual(then)
  })
})

describe('a request that was dealt with is settled for whoever was asked', () => {
  test.each<[string, () => Promise<Detail>, [Who, Deed, object?]]>([
    ['a proposal approved', proposed, ['jane', 'approve']],
    ['a proposal rejected', proposed, ['jane', 'reject']],
    ['a report reviewed', completed, ['jane', 'review']],
    ['a report returned', completed, ['jane', 'return']],
    ['more time granted', asking, ['jane', 'approve_extension']],
    ['more time denied', asking, ['jane', 'deny_extension']],
  ])('%s', async (_, make, [who, deed, body]) => {
    const initiative = await make()
    const [request] = await about(rests[who], initiative)
    expect(request).toMatchObject({ needs_action: true, is_read: false, resolved_at: null })
    const socket = await plainSocket(who)
    await act(rests[who], initiative, deed, body)
    expect((await socket.next('marked_read')).notification_id).toBe(request?.id)
    const settled = (await about(rests[who], initiative)).find(({ id }) => id === request?.id)
    expect(settled).toMatchObject({ is_read: true, resolved_by_name: 'Jane Smith' })
    const holders = await server.app.database.db.selectFrom('request_holders').selectAll().execute()
    expect(holders).toEqual([])
  })

  test('what was submitted needs no more time: the request for it is withdrawn', async () => {
    const initiative = await doAll(await asking(), ['john', 'submit'])
    expect(initiative).toMatchObject({
      status: 'COMPLETED',
      open_extension: null,
      extensions: [{ status: 'WITHDRAWN', decided_by: null, waiting_on: [], allowed_actions: [] }],
    })
    expect(initiative.history.slice(-2).map(({ event }) => event)).toEqual([
      'extension_withdrawn',
      'submitted',
    ])
    const [review, request] = await about(rests.jane, initiative)
    expect(review).toMatchObject({ type: 'initiative_submitted', resolved_at: null })
    expect(request).toMatchObject({ resolved_by_name: 'John Doe', is_read: true })
  })

  test('sent again it asks anew, edited and all in one call', async () => {
    const rejected = await doAll(await proposed(), ['jane', 'reject'])
    const socket = await plainSocket('jane')
    const sent = await act(rests.john, rejected, 'resubmit', {
      title: 'Tidy the cellar',
      due_date: '2027-04-01',
    })
    expect(sent).toMatchObject({
      status: 'PENDING_APPROVAL',
      title: 'Tidy the cellar',
      due_date: '2027-04-01',
      revision: 2,
      reason: null,
    })
    expect(sent.history.at(-1)).toMatchObject({
      event: 'resubmitted',
      changed_fields: ['title', 'due_date'],
    })
    expect(await socket.next('new_notification')).toMatchObject({
      notification: {
        message: "John Doe has created a new initiative 'Tidy the cellar' that requires your approval.",
      },
    })
    expect((await about(rests.jane, sent)).map(({ resolved_at }) => resolved_at === null)).toEqual([
      true,
      false,
    ])
  })
})

describe('given to others', () => {
  test('only who is new hears of it, and who had it sees it no more', async () => {
    const initiative = await doAll(await assign(rests.jane, [cast.john, cast.rita]), ['john', 'start'])
    const [page, actors] = [await resumingSocket('rita'), await resumingSocket('mary')]
    const counts = async () =>
      Promise.all((['john', 'rita', 'pete'] as const).map(async who => (await inboxOf(rests[who])).total))
    const [john, rita, pete] = await counts()
    const after = await act(rests.mary, initiative, 'reassign', groupOf([cast.john, cast.pete]))
    expect(after.assignees.map(({ name }) => name)).toEqual(['John Doe', 'Pete Peer'])
    expect(after.history.at(-1)).toMatchObject({ event: 'reassigned', note: 'John Doe, Pete Peer' })
    expect(await counts()).toEqual([john, rita, (pete ?? 0) + 1])
    for (const socket of [page, actors]) {
      expect((await socket.next('resource_changed')).id).toBe(initiative.id)
    }
    expect((await rests.rita.get(`/api/initiatives/${initiative.id}`)).status).toBe(404)
    expect((await rests.rita.get('/api/initiatives')).body).toMatchObject({ items: [], total: 0 })
  })

  test('a member who becomes the head hears of it', async () => {
    const initiative = await assign(rests.jane, [cast.john, cast.pete])
    const socket = await plainSocket('pete')
    const after = await act(rests.jane, initiative, 'reassign', groupOf([cast.pete, cast.john]))
    expect(after.head.name).toBe('Pete Peer')
    expect(await socket.next('new_notification')).toMatchObject({
      notification: { type: 'initiative_assigned' },
    })
    await act(rests.pete, after, 'start')
  })

  test('the request for more time of a head who has it no more is withdrawn', async () => {
    const initiative = await act(rests.jane, await asking(), 'reassign', { assignee_ids: [cast.pete.id] })
    expect(initiative.extensions).toMatchObject([{ status: 'WITHDRAWN' }])
    expect((await about(rests.jane, initiative))[0]).toMatchObject({ resolved_by_name: 'Jane Smith' })
    await act(rests.pete, initiative, 'request_extension')
  })

  test('a request for more time goes along when whoever was asked takes part in it', async () => {
    const alone = await assign(rests.mary, [cast.john], groupOf([cast.john]))
    const asked = await act(rests.john, alone, 'request_extension')
    expect(asked.open_extension?.waiting_on.map(({ name }) => name)).toEqual(['Jane Smith'])
    const socket = await plainSocket('mary')
    const shared = await act(rests.mary, asked, 'reassign', groupOf([cast.john, cast.jane]))
    expect(shared.open_extension?.waiting_on.map(({ name }) => name)).toEqual(['Mary Okafor'])
    expect(await socket.next('new_notification')).toMatchObject({
      notification: {
        type: 'initiative_extension_requested',
        triggered_by_name: 'John Doe',
        data: { reason: 'The boxes are late' },
      },
    })
    const requests = (await about(rests.jane, shared)).filter(({ needs_action }) => needs_action)
    expect(requests).toMatchObject([{ is_read: true, resolved_by_name: null }])
    expect(requests[0]?.resolved_at).not.toBeNull()
    await act(rests.mary, shared, 'approve_extension')
  })
})

describe('open pages', () => {
  test('of those who may see it hear that it changed, and no others', async () => {
    const sockets = {
      john: await resumingSocket('john'),
      jane: await resumingSocket('jane'),
      rita: await resumingSocket('rita'),
      hana: await resumingSocket('hana'),
      mary: await resumingSocket('mary'),
      stranger: await resumingSocket('pete'),
    }
    const changes = async (who: keyof typeof sockets) =>
      (await heard(sockets[who])).filter(({ type }) => type === 'resource_changed').map(({ id }) => id)
    const { id } = await doAll(await ofTwo(), ['jane', 'approve'], ['john', 'start'])
    for (const who of ['john', 'jane', 'rita', 'mary', 'hana'] as const)
      expect(await changes(who), who).toEqual([id, id, id])
    expect(await changes('stranger')).toEqual([])
  })

  test('hear nothing of what was refused', async () => {
    const initiative = await started()
    const socket = await resumingSocket('jane')
    expect((await rests.jane.put(`/api/initiatives/${initiative.id}/start`)).status).toBe(403)
    expect((await rests.john.put(`/api/initiatives/${initiative.id}/start`)).status).toBe(409)
    expect(await heardTypes(socket)).toEqual(['sync'])
  })
})

test('every step leaves its row in the audit trail, and what people wrote is not in it', async () => {
  const initiative = await doAll(
    await propose(rests.john, draft),
    ['jane', 'reject'],
    ['john', 'edit'],
    ['john', 'resubmit', {}],
    ['jane', 'approve'],
    ['john', 'start'],
    ['john', 'request_extension'],
    ['jane', 'deny_extension'],
    ['jane', 'reassign', { assignee_ids: [cast.pete.id] }],
    ['pete', 'submit'],
    ['jane', 'return'],
    ['pete', 'submit'],
    ['jane', 'review'],
  )
  const rows = await server.app.database.db
    .selectFrom('audit')
    .where('object_type', '=', 'initiative')
    .where('object_id', '=', initiative.id)
    .orderBy('id')
    .select(['action', 'actor_name', 'detail'])
    .execute()
  expect(
    rows.map(({ action, actor_name, detail }) => {
      const { from, to } = JSON.parse(detail)
      return `${actor_name}: ${action}, ${from} -> ${to}`
    }),
  ).toEqual([
    'John Doe: initiative.proposed, null -> PENDING_APPROVAL',
    'Jane Smith: initiative.rejected, PENDING_APPROVAL -> REJECTED',
    'John Doe: initiative.edited, REJECTED -> REJECTED',
    'John Doe: initiative.resubmitted, REJECTED -> PENDING_APPROVAL',
    'Jane Smith: initiative.approved, PENDING_APPROVAL -> ASSIGNED',
    'John Doe: initiative.started, ASSIGNED -> STARTED',
    'John Doe: initiative.extension_requested, STARTED -> STARTED',
    'Jane Smith: initiative.extension_denied, STARTED -> STARTED',
    'Jane Smith: initiative.reassigned, STARTED -> STARTED',
    'Pete Peer: initiative.submitted, STARTED -> COMPLETED',
    'Jane Smith: initiative.returned, COMPLETED -> STARTED',
    'Pete Peer: initiative.submitted, STARTED -> COMPLETED',
    'Jane Smith: initiative.reviewed, COMPLETED -> APPROVED',
  ])
  expect(rows.map(({ detail }) => detail).join()).not.toMatch(/vague|boxes|needed|done/)
  const words = initiative.history.map(({ note }) => note).filter(note => note !== null)
  expect(words).toContain('Label the boxes')
})

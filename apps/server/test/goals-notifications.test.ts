/** Who hears of what happens to a goal: live, in their inbox, and nobody else. */
import type { GoalAction } from '@pms/contract'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  type addOrganisation,
  changePerson,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import { about, act, assignGoal, createGoal, heard, heardTypes, inboxOf, readGoal } from './goal-calls.ts'

type Cast = Awaited<ReturnType<typeof addOrganisation>>

let server: TestServer
let cast: Cast
let rests: Record<keyof Cast, Rest>

/** John reports to Jane, Jane to Mary; Hana is HR, Ada may do everything. */
beforeEach(async () => {
  server = await startServer()
  cast = await server.addOrganisation()
  const entries = Object.entries(cast).map(async ([who, person]) => [who, await server.as(person)] as const)
  rests = Object.fromEntries(await Promise.all(entries)) as Record<keyof Cast, Rest>
  return () => server.close()
})

/** A socket that hears each change as it is, open pages included. */
async function resumingSocket(who: keyof Cast) {
  const socket = await server.socket(cast[who], { query: { since: '0' } })
  await socket.next('sync')
  return socket
}

async function plainSocket(who: keyof Cast) {
  const socket = await server.socket(cast[who])
  await socket.next('connection_established')
  return socket
}

describe('each of the six', () => {
  const own = () => createGoal(rests.john)
  const assigned = () => assignGoal(rests.jane, cast.john)

  test.each<{
    type: string
    make: () => ReturnType<typeof createGoal>
    step?: [keyof Cast, GoalAction]
    from: keyof Cast
    to: keyof Cast
    data?: object
    needsAction?: boolean
  }>([
    { type: 'goal_created', make: own, from: 'john', to: 'jane', needsAction: true },
    { type: 'goal_assigned', make: assigned, from: 'jane', to: 'john', needsAction: true },
    { type: 'goal_approved', make: own, step: ['jane', 'approve'], from: 'jane', to: 'john' },
    {
      type: 'goal_rejected',
      make: own,
      step: ['jane', 'reject'],
      from: 'jane',
      to: 'john',
      data: { reason: 'Too vague' },
    },
    { type: 'goal_accepted', make: assigned, step: ['john', 'accept'], from: 'john', to: 'jane' },
    {
      type: 'goal_declined',
      make: assigned,
      step: ['john', 'decline'],
      from: 'john',
      to: 'jane',
      data: { reason: 'No time' },
    },
  ])('$type reaches $to live and stays in the inbox; $from, who caused it, hears none', async example => {
    const { type, make, step, from, to, data = {}, needsAction = false } = example
    const sockets = { recipient: await plainSocket(to), actor: await plainSocket(from) }
    const bystander = await plainSocket('mary')
    const goal = await make()
    if (step) await act(rests[step[0]], goal.id, step[1])

    const message = await sockets.recipient.until(
      ({ notification }) => (notification as { type?: string })?.type === type,
    )
    expect(message.notification).toMatchObject({
      triggered_by_name: cast[from].name,
      data: { goal_id: goal.id, ...data },
      is_read: false,
    })
    const ofType = async (rest: Rest) => (await about(rest, goal.id)).filter(item => item.type === type)
    expect(await ofType(rests[to])).toEqual([
      {
        ...(message.notification as object),
        seq: message.version,
        needs_action: needsAction,
        resolved_at: null,
        resolved_by_name: null,
        object: { type: 'goal', id: goal.id },
      },
    ])
    expect((await inboxOf(rests[to])).unread_count).toBe(message.unread_count)
    expect(await ofType(rests[from])).toEqual([])
    const toActor = await heard(sockets.actor)
    expect(toActor.filter(({ notification }) => (notification as { type?: string })?.type === type)).toEqual(
      [],
    )
    expect(await heardTypes(bystander)).toEqual([])
    expect((await inboxOf(rests.mary)).total).toBe(0)
  })

  test('what changes no hands raises none', async () => {
    await createGoal(rests.hana, { type: 'YEARLY', quarter: null })
    const { id } = await createGoal(rests.john)
    await act(rests.john, id, 'edit')
    await act(rests.jane, id, 'approve')
    await act(rests.john, id, 'progress', { percent: 100 })
    await act(rests.john, id, 'achieve')
    const other = await assignGoal(rests.jane, cast.john)
    await act(rests.john, other.id, 'accept')
    await act(rests.jane, other.id, 'discard')
    const types = async (rest: Rest) => (await inboxOf(rest)).notifications.map(({ type }) => type)
    expect(await types(rests.john)).toEqual(['goal_assigned', 'goal_approved'])
    expect(await types(rests.jane)).toEqual(['goal_accepted', 'goal_created'])
    expect(await types(rests.hana)).toEqual([])
  })
})

describe('a request that was dealt with', () => {
  test('is settled for everybody who was asked, on every socket, with the name of who did it', async () => {
    await changePerson(server.app, cast.john, { supervisor_id: null })
    const plain = [await plainSocket('hana'), await plainSocket('hana'), await plainSocket('ada')]
    const resuming = [await resumingSocket('hana'), await resumingSocket('ada')]
    const { id } = await createGoal(rests.john)
    const requests = { hana: (await about(rests.hana, id))[0], ada: (await about(rests.ada, id))[0] }
    expect(requests.hana).toMatchObject({ type: 'goal_created', is_read: false, resolved_at: null })

    await act(rests.ada, id, 'reject')
    for (const socket of plain) {
      expect(await socket.next('marked_read')).toMatchObject({ unread_count: 0, version: 2 })
    }
    for (const socket of resuming) {
      expect(await socket.next('notification_updated')).toMatchObject({
        notification: { resolved_by_name: 'Ada Admin', is_read: true, needs_action: true },
        unread_count: 0,
      })
    }
    for (const who of ['hana', 'ada'] as const) {
      const [settled, ...others] = await about(rests[who], id)
      expect(others).toEqual([])
      expect(settled).toMatchObject({ id: requests[who]?.id, is_read: true, resolved_by_name: 'Ada Admin' })
      expect((await inboxOf(rests[who])).unread_count).toBe(0)
    }
  })

  test('was read before: it is settled all the same, and the badge stays', async () => {
    const { id } = await createGoal(rests.john)
    await createGoal(rests.john)
    const [request] = await about(rests.jane, id)
    await rests.jane.put(`/api/notifications/${request?.id}/read`)
    await act(rests.jane, id, 'approve')
    expect(await about(rests.jane, id)).toMatchObject([{ resolved_by_name: 'Jane Smith', is_read: true }])
    expect((await inboxOf(rests.jane)).unread_count).toBe(1)
  })

  test('settles nothing of another goal', async () => {
    const first = await createGoal(rests.john)
    const second = await createGoal(rests.john)
    await act(rests.jane, first.id, 'approve')
    expect(await about(rests.jane, second.id)).toMatchObject([{ is_read: false, resolved_at: null }])
  })

  test('accepting and declining settle what the supervisee was asked', async () => {
    for (const answer of ['accept', 'decline'] as const) {
      const socket = await plainSocket('john')
      const { id } = await assignGoal(rests.jane, cast.john)
      const { notification } = await socket.next('new_notification')
      await act(rests.john, id, answer)
      expect((await socket.next('marked_read')).notification_id).toBe((notification as { id: string }).id)
      expect(await about(rests.john, id)).toMatchObject([{ resolved_by_name: 'John Doe', is_read: true }])
    }
  })
})

describe('sending again', () => {
  test('a rejected goal is edited and sent again in one call, and asks anew under its new title', async () => {
    const { id } = await createGoal(rests.john)
    await act(rests.jane, id, 'reject', { reason: 'Too vague' })
    const socket = await plainSocket('jane')
    const sent = await act(rests.john, id, 'resubmit', { title: 'Learn Go by June', end_date: '2027-06-30' })

    expect(sent).toMatchObject({
      status: 'PENDING_APPROVAL',
      title: 'Learn Go by June',
      end_date: '2027-06-30',
      revision: 2,
      reason: null,
      waiting_on: [{ id: cast.jane.id, name: 'Jane Smith' }],
    })
    expect(sent.waiting_since).toBe(sent.updated_at)
    expect(sent.history.map(({ event }) => event)).toEqual(['created', 'rejected', 'resubmitted'])
    expect(sent.history.at(-1)).toMatchObject({
      actor: { name: 'John Doe' },
      from_status: 'REJECTED',
      to_status: 'PENDING_APPROVAL',
      changed_fields: ['title', 'end_date'],
    })
    expect(await socket.next('new_notification')).toMatchObject({
      notification: {
        type: 'goal_created',
        message: "John Doe has created a new goal 'Learn Go by June' that requires your approval.",
      },
    })
    expect(await about(rests.jane, id)).toMatchObject([
      { is_read: false, resolved_at: null },
      { is_read: true, resolved_by_name: 'Jane Smith' },
    ])

    await act(rests.jane, id, 'approve', { revision: 2 })
    expect((await inboxOf(rests.jane)).unread_count).toBe(0)
  })

  test('unchanged it keeps its revision', async () => {
    const { id } = await createGoal(rests.john)
    await act(rests.jane, id, 'reject')
    expect(await act(rests.john, id, 'resubmit')).toMatchObject({ status: 'PENDING_APPROVAL', revision: 1 })
  })

  test('a declined goal goes to the supervisee again', async () => {
    const { id } = await assignGoal(rests.jane, cast.john)
    await act(rests.john, id, 'decline')
    const socket = await plainSocket('john')
    expect(await act(rests.jane, id, 'resubmit', { title: 'Less of it' })).toMatchObject({
      status: 'PENDING_ACCEPTANCE',
      waiting_on: [{ name: 'John Doe' }],
    })
    expect(await socket.next('new_notification')).toMatchObject({ notification: { type: 'goal_assigned' } })
    expect((await about(rests.john, id)).map(({ resolved_at }) => resolved_at === null)).toEqual([
      true,
      false,
    ])
  })

  test('not by an assigner who stands above the supervisee no more', async () => {
    const { id } = await assignGoal(rests.jane, cast.john)
    await act(rests.john, id, 'decline')
    await changePerson(server.app, cast.john, { supervisor_id: cast.mary.id })
    expect((await rests.jane.put(`/api/goals/${id}/resubmit`)).status).toBe(403)
    expect((await readGoal(rests.jane, id)).status).toBe('DECLINED')
  })
})

describe('open pages', () => {
  test('of those who may see it hear that the goal changed, and no others', async () => {
    const sockets = {
      john: await resumingSocket('john'),
      jane: await resumingSocket('jane'),
      mary: await resumingSocket('mary'),
      hana: await resumingSocket('hana'),
    }
    const stranger = await server.socket(await server.addPerson('Rita Ray'), { query: { since: '0' } })
    const plain = await plainSocket('john')
    const changedGoals = async (who: keyof typeof sockets) =>
      (await heard(sockets[who])).filter(({ type }) => type === 'resource_changed').map(({ id }) => id)

    const own = await createGoal(rests.john)
    const given = await assignGoal(rests.mary, cast.john)
    await act(rests.john, own.id, 'edit')
    expect(await changedGoals('john')).toEqual([own.id, given.id, own.id])
    expect(await changedGoals('jane')).toEqual([own.id, given.id, own.id])
    for (const who of ['mary', 'hana'] as const)
      expect(await changedGoals(who), who).toEqual([own.id, given.id, own.id])
    expect(await heardTypes(stranger)).toEqual(['sync'])
    expect(await heardTypes(plain)).toEqual(['new_notification'])
  })

  test('hear nothing of what was refused', async () => {
    const { id } = await createGoal(rests.john)
    const socket = await resumingSocket('jane')
    expect((await rests.jane.put(`/api/goals/${id}/accept`)).status).toBe(403)
    expect((await rests.jane.put(`/api/goals/${id}/achieve`)).status).toBe(409)
    expect(await heardTypes(socket)).toEqual(['sync'])
  })
})

test('every step leaves its row in the audit trail', async () => {
  const { id } = await createGoal(rests.john)
  await act(rests.jane, id, 'reject', { reason: 'Too vague' })
  await act(rests.john, id, 'edit', { title: 'Learn Rust' })
  await act(rests.john, id, 'resubmit')
  await act(rests.jane, id, 'approve')
  await act(rests.john, id, 'progress', { percent: 100 })
  await act(rests.john, id, 'achieve')
  const given = await assignGoal(rests.jane, cast.john)
  await act(rests.john, given.id, 'decline')
  await act(rests.jane, given.id, 'resubmit')
  await act(rests.john, given.id, 'accept')
  await act(rests.jane, given.id, 'discard')

  const trail = async (goalId: string) => {
    const rows = await server.app.database.db
      .selectFrom('audit')
      .where('object_type', '=', 'goal')
      .where('object_id', '=', goalId)
      .orderBy('id')
      .select(['action', 'actor_name', 'detail'])
      .execute()
    return rows.map(({ action, actor_name, detail }) => {
      const { from, to } = JSON.parse(detail)
      return `${actor_name}: ${action}, ${from} -> ${to}`
    })
  }
  expect(await trail(id)).toEqual([
    'John Doe: goal.created, null -> PENDING_APPROVAL',
    'Jane Smith: goal.rejected, PENDING_APPROVAL -> REJECTED',
    'John Doe: goal.edited, REJECTED -> REJECTED',
    'John Doe: goal.resubmitted, REJECTED -> PENDING_APPROVAL',
    'Jane Smith: goal.approved, PENDING_APPROVAL -> ACTIVE',
    'John Doe: goal.progressed, ACTIVE -> ACTIVE',
    'John Doe: goal.achieved, ACTIVE -> ACHIEVED',
  ])
  expect(await trail(given.id)).toEqual([
    'Jane Smith: goal.assigned, null -> PENDING_ACCEPTANCE',
    'John Doe: goal.declined, PENDING_ACCEPTANCE -> DECLINED',
    'Jane Smith: goal.resubmitted, DECLINED -> PENDING_ACCEPTANCE',
    'John Doe: goal.accepted, PENDING_ACCEPTANCE -> ACTIVE',
    'Jane Smith: goal.discarded, ACTIVE -> DISCARDED',
  ])
})

/** What is kept of connections: between which versions each was sent everything, how it began and how it ended. */
import { CLOSE_CODES } from '@pms/protocol'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ConnectionRecord, Journal } from '../src/journal.ts'
import { type Desk, openDesk, quiet, since } from './desk.ts'

let desk: Desk
let now = 1_000
let kept: { opened: number; closed: (ConnectionRecord | null)[]; asked: ConnectionRecord[][] }
const journal: Journal = {
  opened: () => {
    kept.opened += 1
  },
  closed: (_connection, record) => kept.closed.push(record),
  asked: records => kept.asked.push([...records]),
}

beforeEach(async () => {
  kept = { opened: 0, closed: [], asked: [] }
  now = 1_000
  desk = await openDesk({
    journal,
    clock: { now: () => now, every: () => () => {} },
    limits: { replayLimit: 3 },
  })
  return () => desk.close()
})
afterEach(() => expect(desk.errors).toEqual([]))

/** How the open connections of a person stand, as whoever asks by the bus is told. */
async function stand(userId: string): Promise<ConnectionRecord[]> {
  await quiet()
  kept.asked = []
  desk.bus.publish([{ kind: 'record_asked', user_id: userId }])
  return kept.asked[0] ?? []
}

it('tells of a plain client what was sent from its greeting on', async () => {
  await desk.assign('amy', 't1', 't2')
  desk.connect('amy')
  expect(await stand('amy')).toEqual([
    {
      number: 1,
      userId: 'amy',
      session: 'session of amy',
      openedAt: 1_000,
      heardAt: 1_000,
      start: 'plain',
      first: 2,
      version: 2,
      code: null,
    },
  ])
  await desk.assign('amy', 't3')
  expect(await stand('amy')).toMatchObject([{ first: 2, version: 3 }])
  expect(kept).toMatchObject({ opened: 1, closed: [] })
})

it('tells of one that comes back what it was sent of the time between, also where it asks for that later', async () => {
  await desk.assign('amy', 't1', 't2')
  const back = desk.connect('amy', since(1))
  desk.connect('amy')
  await quiet()
  expect(await stand('amy')).toMatchObject([
    { number: 1, start: 'resume', first: 1, version: 2 },
    { number: 2, start: 'plain', first: 2, version: 2 },
  ])
  back.say('sync:0')
  expect(await stand('amy')).toMatchObject([{ start: 'resume', first: 0, version: 2 }, { number: 2 }])
  back.say('sync:2')
  expect(await stand('amy')).toMatchObject([{ first: 0, version: 2 }, { number: 2 }])
})

it('tells of one that was told to fetch afresh that nothing before was sent to it', async () => {
  await desk.assign('amy', 't1', 't2', 't3', 't4')
  desk.connect('amy', since(0))
  desk.connect('amy', since(1, 'another database'))
  await quiet()
  expect(await stand('amy')).toMatchObject([
    { start: 'reset', first: 4, version: 4 },
    { start: 'reset', first: 4, version: 4 },
  ])
})

it('keeps how it ended: what the client said, what the server said, or nothing', async () => {
  const [leaves, gone, thrown] = [desk.connect('amy'), desk.connect('amy'), desk.connect('amy')]
  await quiet()
  now = 2_000
  leaves.leave(1001)
  gone.leave(1006)
  for (let n = 0; n < 100; n += 1) thrown.say('ping')
  thrown.leave(1006)
  leaves.leave(1001)
  expect(kept.closed).toMatchObject([
    { number: 1, code: 1001, heardAt: 2_000 },
    { number: 2, code: 1006, heardAt: 1_000 },
    { number: 3, code: CLOSE_CODES.tooMany, heardAt: 2_000 },
  ])
})

it('keeps nothing of whom nobody greeted', async () => {
  const hasty = desk.connect('amy')
  hasty.leave(1001)
  await quiet()
  expect(kept).toMatchObject({ opened: 1, closed: [null] })
  expect(await stand('amy')).toEqual([])
})

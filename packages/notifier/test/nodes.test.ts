/** What a node does because there are others: room that is taken elsewhere, words that were lost, sign-ins that ended. */
import { CLOSE_CODES } from '@pms/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import type { SignIn } from '../src/admission.ts'
import type { Bus, Revocation } from '../src/bus/bus.ts'
import { memoryPresence } from '../src/presence/memory.ts'
import { admit, type Desk, gate, openDesk, since } from './desk.ts'

let desk: Desk
afterEach(() => desk.close())

const ANYTHING = { type: 'resource_changed', resource: '*', id: '*' }

/** A bus that can be made to doubt. */
function doubtful() {
  let doubt: (userIds: readonly string[] | null) => void = () => {}
  const wrap = (real: Bus): Bus => ({
    ...real,
    onDoubt(listener) {
      doubt = listener
      return () => {}
    },
  })
  return { wrap, doubt: (userIds: readonly string[] | null) => doubt(userIds) }
}

describe('room', () => {
  it('that is taken at other nodes is not there: the newest is refused, without a greeting', async () => {
    const presence = memoryPresence()
    for (let n = 0; n < 2; n++) await presence.enter('amy', 2)
    desk = await openDesk({ presence, limits: { socketsPerUser: 2 } })
    const amy = desk.connect('amy')
    const bob = desk.connect('bob')
    await expect.poll(() => amy.socket.ended?.code).toBe(CLOSE_CODES.tooMany)
    expect(await amy.hears()).toEqual([])
    amy.leave()
    expect(await presence.totals()).toEqual({ activeUsers: 2, totalConnections: 3 })
    expect(await bob.hears()).toMatchObject([{ type: 'connection_established' }])
  })

  it('is asked for, and made, where others have a dead socket', async () => {
    const presence = memoryPresence()
    desk = await openDesk({ presence, limits: { socketsPerUser: 2 } })
    await presence.enter('amy', 2)
    await presence.enter('amy', 2)
    // The other node hears of it over the bus.
    const leave = desk.bus.subscribe('amy', message => {
      if (message.kind === 'crowded') presence.leave('amy')
    })
    const amy = desk.connect('amy')
    await expect.poll(() => amy.hears()).toMatchObject([{ type: 'connection_established' }])
    expect(amy.socket.ended).toBeNull()
    leave()
  })

  it('is made here when another node asks: a dead socket goes, a living one stays', async () => {
    let now = 1_000_000
    let tick = () => {}
    const every = (_ms: number, call: () => void) => {
      tick = call
      return () => {}
    }
    desk = await openDesk({ clock: { now: () => now, every } })
    const [dead, living] = [desk.connect('amy'), desk.connect('amy')]
    for (const tab of [dead, living]) await tab.hears()
    for (let second = 0; second < 26; second++) {
      now += 1_000
      tick()
    }
    living.beat()
    desk.bus.publish([{ kind: 'crowded', user_id: 'amy' }])
    desk.bus.publish([{ kind: 'crowded', user_id: 'amy' }])
    expect(dead.socket.ended?.code).toBe(CLOSE_CODES.heartbeatLost)
    expect(living.socket.ended).toBeNull()
    expect(await desk.hub.totals()).toEqual({ activeUsers: 1, totalConnections: 1 })
  })

  it('is counted once for a socket that is gone before it was in', async () => {
    const held = gate()
    const presence = memoryPresence()
    desk = await openDesk({
      presence: {
        ...presence,
        async enter(userId, most) {
          const isIn = await presence.enter(userId, most)
          await held.passed
          return isIn
        },
      },
    })
    const amy = desk.connect('amy')
    amy.leave()
    held.open()
    await expect.poll(() => presence.totals()).toEqual({ activeUsers: 0, totalConnections: 0 })
    expect(await amy.hears()).toEqual([])
  })
})

describe('after a doubt', () => {
  it('whose sign-in has ended goes, whatever became of the word of it; others stay', async () => {
    const ended: Revocation[] = []
    const asked: (readonly SignIn[])[] = []
    const { wrap, doubt } = doubtful()
    desk = await openDesk({
      bus: wrap,
      recheck: async signIns => {
        asked.push(signIns)
        return ended
      },
    })
    const phone = desk.connect(admit('amy', { session: 'phone' }))
    const laptop = desk.connect(admit('amy', { session: 'laptop' }))
    const bob = desk.connect('bob')
    for (const tab of [phone, laptop, bob]) await tab.hears()
    ended.push({ kind: 'revoked', user_id: 'amy', session: 'phone', why: 'unauthenticated' })
    ended.push({ kind: 'revoked', user_id: 'bob', session: null, why: 'forbidden' })
    doubt(null)
    await bob.hears()
    expect(asked).toEqual([
      [
        { userId: 'amy', session: 'phone' },
        { userId: 'amy', session: 'laptop' },
        { userId: 'bob', session: 'session of bob' },
      ],
    ])
    expect(phone.socket.ended?.code).toBe(CLOSE_CODES.unauthenticated)
    expect(bob.socket.ended?.code).toBe(CLOSE_CODES.forbidden)
    expect(laptop.socket.ended).toBeNull()
  })

  it('what the database could not be asked is asked again soon, not at the next round', async () => {
    let now = 1_000_000
    let tick = () => {}
    const every = (_ms: number, call: () => void) => {
      tick = call
      return () => {}
    }
    const { wrap, doubt } = doubtful()
    const down = new Error('The database is gone')
    let isDown = true
    desk = await openDesk({
      bus: wrap,
      clock: { now: () => now, every },
      async recheck() {
        if (isDown) throw down
        return [{ kind: 'revoked', user_id: 'amy', session: null, why: 'forbidden' }]
      },
    })
    const amy = desk.connect('amy')
    await amy.hears()
    const pass = (seconds: number) => {
      now += seconds * 1_000
      tick()
    }
    doubt(['amy'])
    await expect.poll(() => desk.errors).toEqual([down])
    pass(2)
    await expect.poll(() => desk.errors).toEqual([down, down])
    isDown = false
    pass(1)
    pass(1)
    await expect.poll(() => amy.socket.ended?.code).toBe(CLOSE_CODES.forbidden)
    expect(desk.errors).toEqual([down, down])
    desk.errors.length = 0
  })

  it('everybody is told that anything may have changed; of some people, only they', async () => {
    const { wrap, doubt } = doubtful()
    desk = await openDesk({ bus: wrap })
    const [amy, bob, plain] = [
      desk.connect('amy', since(0)),
      desk.connect('bob', since(0)),
      desk.connect('amy'),
    ]
    for (const tab of [amy, bob, plain]) await tab.hears()
    doubt(['amy', 'nobody'])
    expect(await amy.hears()).toEqual([ANYTHING])
    doubt(null)
    expect(await amy.hears()).toEqual([ANYTHING])
    expect(await bob.hears()).toEqual([ANYTHING])
    // It has no word for it.
    expect(await plain.hears()).toEqual([])
    // Who is just arriving fetches everything anyway.
    const newcomer = desk.connect('cat', since(0))
    doubt(['cat'])
    expect((await newcomer.hears()).map(message => message !== 'pong' && message.type)).toEqual([
      'connection_established',
      'sync',
    ])
  })
})

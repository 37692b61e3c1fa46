/** Looking after sockets: silent ones, expired ones, revoked ones, too many, what the bus lost, and the end. */
import { CLOSE_CODES } from '@pms/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Authenticate } from '../src/admission.ts'
import type { Bus } from '../src/bus/bus.ts'
import type { Inboxes } from '../src/inbox.ts'
import { revoke } from '../src/notify.ts'
import { admit, type Desk, type DeskOptions, gate, openDesk, since } from './desk.ts'

/** Time that passes only when told to, a tick of a second after another. */
function slowTime() {
  let now = 1_000_000
  let call: (() => void) | null = null
  return {
    clock: {
      now: () => now,
      every(_ms: number, tick: () => void) {
        call = tick
        return () => {
          call = null
        }
      },
    },
    isTicking: () => call !== null,
    at: (seconds: number) => now + seconds * 1_000,
    pass(seconds: number) {
      for (let n = 0; n < seconds; n += 1) {
        now += 1_000
        call?.()
      }
    },
    /** The process stands still so long; the tick that was due comes at the end. */
    standStill(seconds: number) {
      now += seconds * 1_000
      call?.()
    },
  }
}

let time: ReturnType<typeof slowTime>
let desk: Desk
const open = async (options: DeskOptions = {}) => {
  desk = await openDesk({ clock: time.clock, ...options })
}
beforeEach(() => {
  time = slowTime()
})
afterEach(() => desk.close())

describe('a silent socket', () => {
  it('is pinged after 25 s, and given up 10 s later when nothing comes', async () => {
    await open()
    const amy = desk.connect('amy')
    time.pass(24)
    expect(amy.socket.pings).toBe(0)
    time.pass(2)
    expect(amy.socket.pings).toBe(1)
    time.pass(8)
    expect(amy.socket.ended).toBeNull()
    time.pass(2)
    expect(amy.socket.ended?.code).toBe(CLOSE_CODES.heartbeatLost)
  })

  it('stays as long as it answers, by a pong or by a word', async () => {
    await open()
    const amy = desk.connect('amy')
    for (let round = 0; round < 5; round += 1) {
      time.pass(26)
      if (round % 2 === 0) amy.beat()
      else amy.say('ping')
    }
    expect(amy.socket.pings).toBe(5)
    expect(amy.socket.ended).toBeNull()
  })

  it('is not pinged while it talks', async () => {
    await open()
    const amy = desk.connect('amy')
    for (let n = 0; n < 10; n += 1) {
      time.pass(10)
      amy.say('ping')
    }
    expect(amy.socket.pings).toBe(0)
  })

  it('is heard before it is judged where the process stood still meanwhile; one that said nothing is given up', async () => {
    await open()
    const [amy, bob] = [desk.connect('amy'), desk.connect('bob')]
    time.pass(26)
    time.pass(8)
    time.standStill(20)
    // What came meanwhile is read only now.
    amy.beat()
    time.standStill(20)
    expect(bob.socket.ended?.code).toBe(CLOSE_CODES.heartbeatLost)
    expect(amy.socket.ended).toBeNull()
  })

  it('costs one timer, however many there are, and none when all are gone', async () => {
    await open()
    const tabs = [desk.connect('amy'), desk.connect('amy'), desk.connect('bob')]
    expect(time.isTicking()).toBe(true)
    for (const tab of tabs) tab.leave()
    expect(time.isTicking()).toBe(false)
    desk.connect('amy')
    expect(time.isTicking()).toBe(true)
  })
})

describe('a token', () => {
  it('ends its socket with 4401 when it expires, however much is said', async () => {
    await open()
    const amy = desk.connect(admit('amy', { expiresAt: time.at(40) }))
    time.pass(20)
    amy.say('ping')
    time.pass(19)
    amy.beat()
    expect(amy.socket.ended).toBeNull()
    time.pass(2)
    expect(amy.socket.ended?.code).toBe(CLOSE_CODES.unauthenticated)
  })

  const renewing: Authenticate = async ({ value }) => {
    if (value === 'bad') return 'unauthenticated'
    if (value === 'suspended') return 'forbidden'
    return admit(value, { expiresAt: time.at(60), session: 'new session' })
  }

  it('is renewed in place, and the socket goes on', async () => {
    await open({ authenticate: renewing })
    const amy = desk.connect(admit('amy', { expiresAt: time.at(10) }), since(0))
    await amy.hears()
    amy.say('auth:amy')
    const expires_at = new Date(time.at(60)).toISOString()
    expect(await amy.hears()).toEqual([{ type: 'auth_refreshed', expires_at }])
    time.pass(30)
    expect(amy.socket.ended).toBeNull()
    // What it was let in on is the new session now.
    await desk.database.transaction(async tx => revoke(tx, 'amy', 'session of amy', 'unauthenticated'))
    expect(amy.socket.ended).toBeNull()
    await desk.database.transaction(async tx => revoke(tx, 'amy', 'new session', 'unauthenticated'))
    expect(amy.socket.ended?.code).toBe(CLOSE_CODES.unauthenticated)
  })

  it('that is bad changes nothing, and is not repeated', async () => {
    await open({ authenticate: renewing })
    const amy = desk.connect(admit('amy', { expiresAt: time.at(10) }))
    await amy.hears()
    amy.say('auth:bad')
    expect(await amy.hears()).toEqual([
      { type: 'error', code: 'bad_token', message: expect.any(String), request: 'auth' },
    ])
    expect(amy.socket.sent.join()).not.toContain('auth:bad')
    time.pass(11)
    expect(amy.socket.ended?.code).toBe(CLOSE_CODES.unauthenticated)
  })

  it.each(['bob', 'suspended'])('of %s ends the socket of amy with 4403', async token => {
    await open({ authenticate: renewing })
    const amy = desk.connect('amy')
    await amy.hears()
    amy.say(`auth:${token}`)
    await amy.hears()
    expect(amy.socket.ended?.code).toBe(CLOSE_CODES.forbidden)
  })
})

describe('a revocation', () => {
  it('ends the sockets of one session, or all of a person, and nobody else’s', async () => {
    await open()
    const laptop = desk.connect(admit('amy', { session: 'laptop' }))
    const phone = desk.connect(admit('amy', { session: 'phone' }))
    const bob = desk.connect('bob')
    await desk.database.transaction(async tx => revoke(tx, 'amy', 'laptop', 'unauthenticated'))
    expect(laptop.socket.ended?.code).toBe(CLOSE_CODES.unauthenticated)
    expect(phone.socket.ended).toBeNull()
    await desk.database.transaction(async tx => revoke(tx, 'amy', null, 'forbidden'))
    expect(phone.socket.ended?.code).toBe(CLOSE_CODES.forbidden)
    expect(bob.socket.ended).toBeNull()
  })

  it('of a transaction that failed ends nothing', async () => {
    await open()
    const amy = desk.connect('amy')
    const failed = desk.database.transaction(async tx => {
      revoke(tx, 'amy', null, 'forbidden')
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(amy.socket.ended).toBeNull()
  })
})

describe('at the limit of sockets', () => {
  it('a dead one makes room for the newest; a living one never does', async () => {
    await open({ limits: { socketsPerUser: 2 } })
    const dead = desk.connect('amy')
    const living = desk.connect('amy')
    time.pass(26)
    living.beat()
    const newest = desk.connect('amy')
    expect(dead.socket.ended?.code).toBe(CLOSE_CODES.heartbeatLost)
    expect(() => desk.connect('amy')).toThrow('refused')
    expect(living.socket.ended).toBeNull()
    expect(newest.socket.ended).toBeNull()
    dead.leave()
    expect(desk.hub.stats()).toEqual({ activeUsers: 1, totalConnections: 2 })
  })
})

describe('what the bus lost', () => {
  const ANYTHING = { type: 'resource_changed', resource: '*', id: '*' }
  const deaf = (bus: Bus): Bus => ({ ...bus, publish: () => undefined })

  it('is found by comparing versions, for everybody in one query', async () => {
    let queries = 0
    const counting = (real: Inboxes): Inboxes => ({
      ...real,
      versions(userIds) {
        queries += 1
        return real.versions(userIds)
      },
    })
    await open({ bus: deaf, inboxes: counting })
    const tabs = [desk.connect('amy', since(0)), desk.connect('amy'), desk.connect('bob', since(0))]
    for (const tab of tabs) await tab.hears()
    await desk.assign(['amy', 'bob'], 't1')
    for (const tab of tabs) expect(await tab.hears()).toEqual([])

    time.pass(26)
    const [sync, plain, bob] = tabs
    // Other news than of the inbox may have been lost with it.
    const told = [ANYTHING, { type: 'sync', version: 1 }]
    expect(await sync?.hears()).toMatchObject(told)
    expect(await plain?.hears()).toMatchObject([{ type: 'new_notification', version: 1 }])
    expect(await bob?.hears()).toMatchObject(told)
    expect(queries).toBe(1)

    // Nobody is behind: nothing is said.
    for (const tab of tabs) tab.beat()
    time.pass(25)
    for (const tab of tabs) expect(await tab.hears()).toEqual([])
    expect(queries).toBe(2)
  })

  it('is looked for again after a failure', async () => {
    let isBroken = true
    const broken = (real: Inboxes): Inboxes => ({
      ...real,
      versions: ids => (isBroken ? Promise.reject(new Error('no database')) : real.versions(ids)),
    })
    await open({ bus: deaf, inboxes: broken })
    const amy = desk.connect('amy', since(0))
    await amy.hears()
    await desk.assign('amy', 't1')
    time.pass(26)
    expect(await amy.hears()).toEqual([])
    expect(desk.errors).toHaveLength(1)
    isBroken = false
    amy.beat()
    time.pass(25)
    expect(await amy.hears()).toMatchObject([ANYTHING, { type: 'sync', version: 1 }])
  })
})

describe('taking a mark-all back', () => {
  it('reaches sync clients as pages, plain ones as what is new to read', async () => {
    await open({ limits: { pageSize: 2 } })
    await desk.assign('amy', 't1', 't2', 't3')
    const sync = desk.connect('amy', since(3))
    const plain = desk.connect('amy')
    await desk.inboxes.markAllRead('amy', null)
    await sync.hears()
    await plain.hears()
    expect(await desk.inboxes.undoMarkAllRead('amy', 4)).toBe(3)
    expect(await sync.hears()).toMatchObject([
      { type: 'sync', from: 4, version: 6, more: true, unread_count: 3 },
      { type: 'sync', from: 6, version: 7, more: false, unread_count: 3 },
    ])
    const told = await plain.hears()
    expect(told).toHaveLength(3)
    expect(told).toMatchObject([{ type: 'new_notification', notification: { is_read: false } }, {}, {}])
    expect(await desk.inboxes.undoMarkAllRead('amy', 4)).toBe(0)
  })
})

describe('the end', () => {
  it('is announced to sync clients, each with another delay, after what was begun', async () => {
    const held = gate()
    const slow = (real: Inboxes): Inboxes => ({
      ...real,
      async markAllRead(userId, throughSeq) {
        await held.passed
        return real.markAllRead(userId, throughSeq)
      },
    })
    await open({ inboxes: slow })
    await desk.assign('amy', 't1')
    const sync = desk.connect('amy', since(1))
    const plain = desk.connect('amy')
    for (const tab of [sync, plain]) await tab.hears()

    plain.say('mark_all_read')
    let isDrained = false
    const drained = desk.hub.drain().then(() => {
      isDrained = true
    })
    expect(await sync.hears()).toEqual([{ type: 'server_draining', retry_after_ms: expect.any(Number) }])
    expect(await plain.hears()).toEqual([])
    expect(isDrained).toBe(false)
    plain.say('ping')
    held.open()
    await drained
    expect(await desk.inboxes.head('amy')).toMatchObject({ unreadCount: 0 })
    // What was asked after the announcement is not answered.
    expect(plain.socket.sent).not.toContain('pong')
  })
})

/**
 * A snapshot plus its changes equals a fresh snapshot: whatever happens to the inbox, whenever a client comes, goes
 * and comes back, whatever the bus loses, doubles or delays, and however slowly pages are read and written.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Bus } from '../src/bus/bus.ts'
import type { Inboxes } from '../src/inbox.ts'
import { fakeSocket } from '../src/testing/fake-socket.ts'
import { openDesk, quiet, read, type Tab } from './desk.ts'
import { type Reader, referenceReader } from './reference-reader.ts'

const FATES = ['deliver', 'deliver', 'deliver', 'lose', 'double'] as const
const fatesOf = (...possible: (typeof FATES)[number][]) =>
  fc.array(fc.constantFrom(...possible), { minLength: 1, maxLength: 20, size: 'max' })
/** Higher than any version of a run: a client that claims it is wrong for sure. */
const FAR = 1_000_000

const nth = fc.nat({ max: 9 })
const thing = fc.constantFrom('t1', 't2', 't3')
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('assign' as const), thing }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const), thing }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('markRead' as const, 'markUnread', 'remove', 'restore'),
      nth,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('mark_all_read' as const), nth: fc.option(nth) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('arrive' as const),
      with: fc.constantFrom('nothing' as const, 'a snapshot', 'another epoch', 'too high a version'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('leave' as const, 'come_back', 'ask_again'), nth }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Somebody who reads along: what they know, and the connection they have at the moment. */
interface Follower {
  reader: Reader
  epoch: string | null
  /** The version last claimed, where it is not what the reader knows. */
  claims: number | null
  tab: Tab | null
}

function run(scheduler: fc.Scheduler, fates: readonly (typeof FATES)[number][], pageSize: number) {
  const late = () => scheduler.schedule(Promise.resolve())
  const delayed =
    <Args extends unknown[], R>(read: (...args: Args) => Promise<R>) =>
    async (...args: Args) => {
      await late()
      const answer = await read(...args)
      await late()
      return answer
    }
  let isCalm = false
  let said = 0
  let tail = Promise.resolve()
  const bus = (real: Bus): Bus => ({
    ...real,
    publish(messages) {
      for (const message of messages) {
        const fate = isCalm ? 'deliver' : fates[said++ % fates.length]
        tail = tail.then(late).then(() => {
          const copies = { deliver: [message], lose: [], double: [message, message] }
          real.publish(copies[fate ?? 'deliver'])
        })
      }
    },
  })
  const inboxes = (real: Inboxes): Inboxes => ({
    ...real,
    head: delayed(real.head),
    changesSince: delayed(real.changesSince),
  })
  const calm = () => {
    isCalm = true
  }
  return { late, calm, desk: openDesk({ bus, inboxes, limits: { pageSize, commandsPerSecond: 10_000 } }) }
}

/** What a socket was told live that does not follow the version told before it. */
function gaps(texts: readonly string[], since: number): string[] {
  let at = since
  return texts.flatMap(text => {
    const message = read(text)
    if (message === 'pong' || message.type === 'connection_established') return []
    if (!('version' in message) || message.version === undefined) return []
    const before = at
    at = message.version
    const isLive = message.type !== 'sync' && message.type !== 'sync_reset'
    return isLive && at !== before + 1 ? [`${message.type} ${at} after ${before}`] : []
  })
}

it('a client that follows the rules ends with exactly what is in the inbox', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }),
      fc.oneof(fatesOf(...FATES), fatesOf('deliver', 'double')),
      fc.integer({ min: 1, max: 4 }),
      async (scheduler, steps, fates, pageSize) => {
        const { late, calm, desk: opening } = run(scheduler, fates, pageSize)
        const desk = await opening
        const { epoch } = await desk.inboxes.head('amy')
        const snapshot = () => desk.inboxes.list('amy', { skip: 0, limit: 1_000 })
        const followers: Follower[] = []
        const connections: { texts: readonly string[]; since: number }[] = []

        function connect(follower: Follower): void {
          if (follower.tab) return
          const since = follower.claims ?? follower.reader.version()
          const { reader } = follower
          const socket = fakeSocket(late)
          const { send } = socket
          socket.send = (text, written) => {
            send(text, written)
            const message = read(text)
            if (message !== 'pong') reader.hear(message)
          }
          follower.tab = desk.connect('amy', { since, epoch: follower.epoch }, socket)
          connections.push({ texts: socket.sent, since })
        }

        async function arrive(knowing: Extract<Step, { do: 'arrive' }>['with']): Promise<void> {
          const follower: Follower = {
            tab: null,
            epoch: knowing === 'another epoch' ? 'another' : epoch,
            claims: knowing === 'too high a version' ? FAR : null,
            reader: referenceReader({
              async fetch() {
                await late()
                const page = await snapshot()
                await late()
                follower.epoch = epoch
                follower.claims = null
                return page
              },
              say: text => follower.tab?.say(text),
            }),
          }
          if (knowing === 'a snapshot') follower.reader.load(await snapshot())
          // Knows nothing, and claims to know all: only the epoch tells that it is wrong.
          if (knowing === 'another epoch') follower.claims = (await snapshot()).version
          followers.push(follower)
          late().then(() => connect(follower))
        }

        async function perform(now: Step): Promise<unknown> {
          const follower = 'nth' in now ? followers[(now.nth ?? 0) % followers.length] : undefined
          switch (now.do) {
            case 'assign':
              return desk.assign(['amy', 'bob'], now.thing)
            case 'settle':
              return desk.settle(now.thing)
            case 'mark_all_read':
              return desk.inboxes.markAllRead('amy', now.nth)
            case 'arrive':
              return arrive(now.with)
            case 'leave':
              follower?.tab?.leave()
              follower?.reader.forget()
              if (follower) follower.tab = null
              return
            case 'come_back':
              return follower && connect(follower)
            case 'ask_again':
              return follower?.tab?.say(`sync:${follower.claims ?? follower.reader.version()}`)
            default: {
              const rows = await desk.database.db
                .selectFrom('notifications')
                .select('id')
                .where('user_id', '=', 'amy')
                .orderBy('seq')
                .execute()
              const row = rows[now.nth % Math.max(rows.length, 1)]
              return row && desk.inboxes[now.do]('amy', row.id)
            }
          }
        }

        async function letAllHappen(): Promise<void> {
          await quiet()
          while (scheduler.count() > 0) {
            await scheduler.waitNext(1)
            await quiet()
          }
        }

        scheduler.scheduleSequence(steps.map(now => () => perform(now)))
        await letAllHappen()
        for (const follower of followers) connect(follower)
        calm()
        await letAllHappen()
        // What was lost is found with the next change; where nothing was, none is needed.
        if (fates.includes('lose')) await desk.assign('amy', 'last')
        await letAllHappen()

        const truth = await snapshot()
        for (const { reader, tab } of followers) {
          expect(reader.state()).toEqual({
            version: truth.version,
            unread: truth.unread_count,
            items: truth.notifications,
          })
          expect(tab?.socket.ended).toBeNull()
          tab?.leave()
        }
        for (const { texts, since } of connections) expect(gaps(texts, since)).toEqual([])
        expect(desk.hub.stats()).toEqual({ activeUsers: 0, totalConnections: 0 })
        expect(desk.errors).toEqual([])
        await desk.close()
      },
    ),
    { numRuns: 100 },
  )
}, 60_000)

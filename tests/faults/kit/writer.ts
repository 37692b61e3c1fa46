/**
 * Steady work: several people at once create goals, decide on them, and tend their inboxes, from a phone (REST) and
 * from the tabs under watch. Every call is answered, refused, or cut off, in which case nobody knows.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { GoalDetail } from '@pms/contract'
import { expect } from 'vitest'
import { createRest, type Reply, type Rest } from '../../../apps/server/src/testing/rest.ts'
import type { BulkAction, InboxItem } from '../../../packages/client/src/index.ts'
import type { Member } from './cast.ts'
import type { Chance } from './random.ts'
import type { Stage } from './stage.ts'
import type { Watched } from './watched.ts'

/** What became of a call, as far as its caller was told: nothing was done by one that was refused. */
export type Fate = 'done' | 'refused' | 'unknown'

/** Everything that was asked of goals, and what was answered. */
export interface Journal {
  /** By title, which no other goal has. */
  goals: Map<string, Fate>
  /** By goal; each is decided about once. */
  decisions: Map<string, { status: string; fate: Fate }>
}

/** How often each kind of work comes up. */
const WORK = { create: 8, decide: 3, assign: 1, phone: 4, tab: 4 }
const TENDING = { read: 4, unread: 2, delete: 2, restore: 2, all: 1, bulk: 2 }

export type Work = Partial<Record<keyof typeof WORK, number>>

export interface WriterOptions {
  stage: Pick<Stage, 'cast' | 'up'>
  chance: Chance
  /** Whose owners tend their inboxes; the other inboxes are only written to. */
  tended: readonly Watched[]
  work?: Work
}

export type Writer = ReturnType<typeof createWriter>

/** Goals that were ever asked for, by whichever writer. */
let goals = 0

/** Whoever was told to come back later does so. */
const LATER_MS = 50

export function createWriter({ stage, chance, tended, work }: WriterOptions) {
  const { cast } = stage
  const weights = { ...WORK, ...(tended.length === 0 && { phone: 0, tab: 0 }), ...work }
  /** `leftOpen`: answered in words that nobody knows what became of it; `cut`: not answered. */
  const counts = { sent: 0, refused: 0, unavailable: 0, leftOpen: 0, cut: 0 }
  const journal: Journal = { goals: new Map(), decisions: new Map() }
  const waiting: { goal: string; by: Member }[] = []
  const removed: string[] = []
  const clicks: Promise<unknown>[] = []

  /** A call by a person; null when it was cut off. */
  async function call<T>(member: Member, make: (rest: Rest) => Promise<Reply<T>>): Promise<Reply<T> | null> {
    const rest = createRest(await stage.up(), { token: await member.token() })
    const reply = await make(rest).catch(() => null)
    if (reply === null) counts.cut += 1
    else if (fateOf(reply) === 'unknown') counts.leftOpen += 1
    else if (reply.status === 503) {
      counts.unavailable += 1
      await wait(LATER_MS)
    } else if (fateOf(reply) === 'done') counts.sent += 1
    else {
      expect([403, 404, 409], JSON.stringify(reply.body)).toContain(reply.status)
      counts.refused += 1
    }
    return reply
  }

  const goal = () => ({ title: `Goal ${++goals}`, type: 'INDIVIDUAL', quarter: 'Q1', year: 2027 })

  async function create(by = chance.pick(cast.staff)): Promise<void> {
    const body = goal()
    const reply = await call<GoalDetail>(by, rest => rest.post('/api/goals', body))
    journal.goals.set(body.title, fateOf(reply))
    if (reply?.status === 201) waiting.push({ goal: reply.body.id, by })
  }

  async function decide(): Promise<void> {
    const [next] = waiting.splice(chance.below(waiting.length), 1)
    if (!next?.by.chief) return create()
    const isGood = chance.below(2) === 0
    const path = `/api/goals/${next.goal}/${isGood ? 'approve' : 'reject'}`
    const reply = await call(next.by.chief, rest =>
      rest.put(path, isGood ? undefined : { reason: 'Too vague' }),
    )
    journal.decisions.set(next.goal, { status: isGood ? 'ACTIVE' : 'REJECTED', fate: fateOf(reply) })
  }

  async function assign(to = chance.pick(cast.staff)): Promise<void> {
    const body = { ...goal(), assigned_to_user_id: to.id }
    const reply = await call(to.chief as Member, rest => rest.post('/api/goals/assign', body))
    journal.goals.set(body.title, fateOf(reply))
  }

  const itemsOf = ({ inbox }: Watched): readonly InboxItem[] => inbox.getSnapshot().items
  const some = (items: readonly InboxItem[]) =>
    Array.from({ length: 1 + chance.below(12) }, () => chance.pick(items).id)

  function phone(): Promise<unknown> {
    const client = chance.pick(tended)
    const items = itemsOf(client)
    if (items.length === 0) return create()
    const { id } = chance.pick(items)
    const path = `/api/notifications/${id}`
    const kind = chance.weighted(TENDING)
    return call<unknown>(client.member, rest => {
      switch (kind) {
        case 'read':
        case 'unread':
          return rest.put(`${path}/${kind}`)
        case 'delete':
          removed.push(id)
          return rest.delete(path)
        case 'restore':
          return rest.post(`/api/notifications/${removed.at(-1 - chance.below(5)) ?? id}/restore`)
        case 'all':
          return rest.put('/api/notifications/mark-all-read', { through_seq: chance.pick(items).seq })
        case 'bulk':
          return rest.post('/api/notifications/bulk', {
            ids: [...new Set(some(items))],
            action: chance.pick(['read', 'unread', 'delete', 'restore']),
          })
      }
    })
  }

  /** A click in a tab. It is not waited for: people click on while the network is gone. */
  async function tab(): Promise<void> {
    const { inbox, member } = chance.pick(tended)
    const { items } = inbox.getSnapshot()
    if (items.length === 0) return
    const { id } = chance.pick(items)
    switch (chance.weighted(TENDING)) {
      case 'read':
        return void clicks.push(inbox.markRead(id))
      case 'unread':
        return void clicks.push(inbox.markUnread(id))
      case 'delete':
        removed.push(id)
        return void clicks.push(inbox.remove(id))
      case 'restore':
        return void clicks.push(inbox.restore(removed.at(-1 - chance.below(5)) ?? id))
      case 'bulk': {
        const action = chance.pick<BulkAction>(['read', 'unread', 'delete', 'restore'])
        return void clicks.push(inbox.bulk(some(items), action))
      }
      case 'all': {
        const marked = inbox.markAllRead().then(result => (result.ok ? result.undo() : result))
        return void clicks.push(member.chief ? marked : inbox.loadMore())
      }
    }
  }

  const verbs = { create, decide, assign, phone, tab }

  async function workWhile(isWorking: () => boolean, onDone: () => void, atOnce: number): Promise<void> {
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (isWorking()) {
          await verbs[chance.weighted(weights)]()
          onDone()
        }
      }),
    )
  }

  return {
    counts,
    journal,
    /** Only this kind of work, so many times. */
    do: async (kind: keyof typeof verbs, times: number) => {
      for (let n = 0; n < times; n++) await verbs[kind]()
    },
    /**
     * Works until so many more calls were answered with success.
     * @param onAnswered called after each of them, with how many there are
     */
    async until(more: number, onAnswered: (count: number) => void = () => undefined, atOnce = 4) {
      const from = counts.sent
      const goal = from + more
      let told = from
      const tell = () => {
        while (told < Math.min(counts.sent, goal)) onAnswered(++told - from)
      }
      await workWhile(() => counts.sent < goal, tell, atOnce)
    },
    /** Works until something else has come to its end. */
    async during<T>(event: Promise<T>, atOnce = 4): Promise<T> {
      let isOver = false
      const end = () => {
        isOver = true
      }
      event.then(end, end)
      await workWhile(
        () => !isOver,
        () => undefined,
        atOnce,
      )
      return event
    },
    /** One more change of every inbox. */
    async toEverybody(): Promise<void> {
      for (const member of cast.staff) {
        await create(member)
        await assign(member)
      }
    },
    /** Resolves when every click has come to its end, good or bad. */
    async rest(): Promise<void> {
      await Promise.all(clicks.splice(0))
    },
  }
}

function fateOf(reply: Reply<unknown> | null): Fate {
  if (reply === null) return 'unknown'
  if (reply.status < 300) return 'done'
  const { code } = reply.body as { code?: string }
  return code === 'outcome_unknown' ? 'unknown' : 'refused'
}

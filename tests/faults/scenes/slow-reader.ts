/** Clients that stop reading while much is said to them: the server lets go of them, and of what they were owed. */
import { readFileSync } from 'node:fs'
import type { GoalDetail } from '@pms/contract'
import { afterAll, expect, test } from 'vitest'
import { createRest } from '../../../apps/server/src/testing/rest.ts'
import { CLOSE_CODES, type ConnectionStats } from '../../../packages/protocol/src/index.ts'
import { report, sum } from '../kit/figures.ts'
import { openRaw } from '../kit/raw.ts'
import { openStage, type Stage } from '../kit/stage.ts'
import { allShowTheTruth, expectNoGhosts, readLedger, truthOf } from '../kit/truth.ts'
import { eventually, SCENE_MS } from '../kit/until.ts'
import { isLive, watch } from '../kit/watched.ts'

export interface SlowReaderSize {
  readers: number
  /** How often a hundred large notifications change. */
  rounds: number
}

/** Of one notification, in its message and again in its data: six kilobytes on the wire. */
const REASON = '€'.repeat(1_000)
const NOTIFICATIONS = 100
/** Little enough at a time that whoever reads keeps up. */
const AT_A_TIME = 10
/** What a server may take more than before; what all the readers are owed together is far more. */
const MOST_GROWTH_MB = 100

export function slowReaders({ readers, rounds }: SlowReaderSize): void {
  let stage: Stage
  afterAll(() => stage?.close())

  test(
    `${readers} clients that stop reading`,
    async () => {
      stage = await openStage({ chiefs: 1, staffEach: 1 })
      const { cast, proxy } = stage
      const [chief] = cast.chiefs
      const [member] = cast.staff
      if (!chief || !member) throw new Error('Nobody is there')
      const url = await stage.up()
      const boss = createRest(url, { token: await chief.token() })
      const phone = createRest(url, { token: await member.token() })
      for (let n = 0; n < NOTIFICATIONS; n++) {
        const body = { title: `Goal ${n}`, type: 'INDIVIDUAL', quarter: 'Q1', year: 2027 }
        const goal = await phone.post<GoalDetail>('/api/goals', body)
        await boss.put(`/api/goals/${goal.body.id}/reject`, { reason: REASON })
      }
      const ids = (await truthOf(url, member)).items.map(({ id }) => id)
      expect(ids.length).toBe(NOTIFICATIONS)

      const others = [member, member, chief].map(each => watch(each, { url: proxy.url }))
      const hole = await stage.network()
      // Patient, so that it is the server that ends it.
      const stuck = watch(member, { url: hole.url, speed: 1 })
      await eventually(() => isLive(stuck) && others.every(isLive), 'every client is live')
      // All of it is loaded, so that each change can be taken as it is told.
      for (const { inbox } of others) while (inbox.getSnapshot().hasMore) await inbox.loadMore()
      const { version } = stuck.inbox.getSnapshot()
      const query = `token=${await member.token()}&since=${version}`
      const raws = Array.from({ length: readers }, () => openRaw(hole.url, query))
      await Promise.all(raws.map(raw => raw.greeted()))
      for (const link of hole.links) if (link.isSocket) link.stall()

      const before = megabytes(stage.pid())
      let most = before
      let changes = 0
      for (let round = 0; round < rounds; round++) {
        for (const action of ['unread', 'read']) {
          for (let from = 0; from < ids.length; from += AT_A_TIME) {
            const some = ids.slice(from, from + AT_A_TIME)
            const { body } = await phone.post('/api/notifications/bulk', { ids: some, action })
            changes += (body as { changed: number }).changed
          }
        }
        most = Math.max(most, megabytes(stage.pid()))
      }
      const connections = async () =>
        (await phone.get<ConnectionStats>('/api/notifications/connection-stats')).body.total_connections
      await eventually(async () => (await connections()) <= others.length, 'the server lets go of the slow')
      expect(others.every(isLive)).toBe(true)
      expect(sum(others).reconnects, 'whoever reads is not disturbed').toBe(0)
      expect(most - before).toBeLessThan(MOST_GROWTH_MB)

      for (const link of hole.links) link.unstall()
      await Promise.all(raws.map(raw => raw.closed))
      const told = raws.filter(raw => raw.closeCode() === CLOSE_CODES.tooSlow).length
      const clients = [...others, stuck]
      const caughtUp = await allShowTheTruth(url, clients)
      expect(sum([stuck]).reconnects).toBeGreaterThan(0)
      for (const { inbox } of clients) inbox.close()
      const { code, stderr } = await stage.stop()
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expectNoGhosts(await readLedger(stage.dataDir), clients)
      report('slow readers', {
        readers: readers + 1,
        changes,
        'owed to each in MB': Math.round((changes * REASON.length * 3) / 1e6),
        'server grew by MB': Math.round(most - before),
        'told 4413': told,
        ...sum(clients),
        'all caught up in ms': caughtUp,
      })
    },
    SCENE_MS,
  )
}

/** Memory of a process; where the system does not say, nothing grows. */
function megabytes(pid: number): number {
  try {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) / 1024
  } catch {
    return 0
  }
}

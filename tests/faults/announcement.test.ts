/**
 * The server process is killed while it brings an announcement to ten thousand people. People come and go before it is
 * started again; it goes on by itself, and each of those it was published to has it exactly once, nobody else at all.
 */
import type { Announcement } from '@pms/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAppDatabase } from '../../apps/server/src/database.ts'
import { startServer } from '../../apps/server/src/testing/index.ts'
import { createRest } from '../../apps/server/src/testing/rest.ts'
import { addCrowd } from '../../apps/server/test/announcement-calls.ts'
import { createWorkplace } from '../../apps/server/test/programs.ts'
import { engineTables } from '../../packages/notifier/src/database/database.ts'
import { wrongCounters } from '../../packages/notifier/src/testing/recount.ts'

const PEOPLE = 10_000
/** It takes a tenth of this where little else is going on. */
const PATIENCE_MS = 100_000
/** Of so many it is known that they have it when the process is killed. */
const KILLED_AFTER = 3_000

const place = createWorkplace()
afterAll(() => place.close())

let token: string

beforeAll(async () => {
  const server = await startServer({ dataDir: place.dataDir })
  token = await server.tokenOf(await server.addPerson('Hana Sato', { role: 'hr' }))
  await addCrowd(server.app.database, PEOPLE)
  await server.close()
})

async function startProcess() {
  const server = place.start('main.ts', [], { PORT: '0', DEMO: '0', REST_PER_SECOND: '10000' })
  const [, url = ''] = await server.printed(/PMS is ready: (http:\/\/\S+)/)
  return { ...server, rest: createRest(url, { token }) }
}

/** Asks again and again until so many have it. */
async function deliveredTo(rest: ReturnType<typeof createRest>, id: string, count: number): Promise<number> {
  for (;;) {
    const { body } = await rest.get<Announcement>(`/api/announcements/${id}`)
    const delivered = body.progress?.delivered ?? 0
    if (delivered >= count) return delivered
  }
}

/** What the file holds while no process has it. */
async function look<T>(
  read: (database: Awaited<ReturnType<typeof openAppDatabase>>) => Promise<T>,
): Promise<T> {
  const database = await openAppDatabase({ dataDir: place.dataDir, databaseUrl: null })
  try {
    return await read(database)
  } finally {
    await database.close()
  }
}

test(
  'killed halfway, it goes on from where it was',
  async () => {
    const first = await startProcess()
    const { body } = await first.rest.post<Announcement>('/api/announcements', {
      title: 'Welcome',
      body: 'To all of you.',
      audience: 'everyone',
      requires_acknowledgement: true,
      publish: true,
    })
    const { id } = body
    await deliveredTo(first.rest, id, KILLED_AFTER)
    first.signal('SIGKILL')
    expect((await first.ended).code).toBeNull()

    const audience = await look(async ({ db }) => {
      const state = await db.selectFrom('announcements').selectAll().executeTakeFirstOrThrow()
      const { count } = await db
        .selectFrom('notifications')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      expect(state.delivered_count, 'what is written of it is what was done').toBe(count)
      expect(state).toMatchObject({ recipient_count: PEOPLE, delivered_at: null })
      expect(count).toBeLessThan(PEOPLE)

      const people = await db
        .selectFrom('users')
        .selectAll()
        .where('role', '=', 'staff')
        .orderBy('id')
        .execute()
      const [one] = people
      const last = people.at(-1)
      if (!one || !last) throw new Error('There is nobody')
      const newcomers = ['00000000', 'ffffffff'].map(start => ({
        ...one,
        id: start + one.id.slice(8),
        email: `${start}@example.test`,
      }))
      await db.insertInto('users').values(newcomers).execute()
      await db
        .updateTable('users')
        .set({ status: 'suspended' })
        .where('id', 'in', [one.id, last.id])
        .execute()
      return people.map(person => person.id)
    })

    const second = await startProcess()
    await deliveredTo(second.rest, id, PEOPLE)
    second.signal('SIGTERM')
    expect((await second.ended).code).toBe(0)

    await look(async ({ db }) => {
      const rows = await db.selectFrom('notifications').select(['user_id', 'object_id']).execute()
      expect(rows.map(row => row.user_id).sort()).toEqual(audience)
      expect(new Set(rows.map(row => row.object_id))).toEqual(new Set([id]))
      const inboxes = await db.selectFrom('inboxes').select(['version', 'unread_count']).execute()
      expect(inboxes.filter(({ version, unread_count }) => version !== 1 || unread_count !== 1)).toEqual([])
      expect(await wrongCounters(engineTables(db))).toEqual([])
      const state = await db.selectFrom('announcements').selectAll().executeTakeFirstOrThrow()
      expect(state).toMatchObject({ delivered_count: PEOPLE, delivered_at: expect.any(String) })
    })
  },
  PATIENCE_MS,
)

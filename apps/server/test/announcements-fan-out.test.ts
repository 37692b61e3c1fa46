/** An announcement to ten thousand people: everybody has it once, and nobody else waits for that. */
import type { Announcement } from '@pms/contract'
import { newId } from '@pms/notifier/database'
import { wrongCounters } from '@pms/notifier/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deliveryJob } from '../src/features/announcements/actions/delivering.ts'
import { type addOrganisation, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { addCrowd } from './announcement-calls.ts'
import { assignGoal } from './goal-calls.ts'

const PEOPLE = 10_000

let server: TestServer
let crowd: string[]
let cast: Awaited<ReturnType<typeof addOrganisation>>
let rests: { hana: Rest; jane: Rest }

beforeAll(async () => {
  server = await startServer()
  cast = await server.addOrganisation()
  crowd = await addCrowd(server.app.database, PEOPLE)
  rests = { hana: await server.as(cast.hana), jane: await server.as(cast.jane) }
})
afterAll(() => server.close())

test('is on its way while others are served, and is seen to be; then each has it, exactly once', async () => {
  const { db } = server.app.database
  const hana = await server.socket(cast.hana, { query: { since: '0' } })
  await hana.next('sync')
  const john = await server.socket(cast.john)
  await john.next('connection_established')
  const delivered = async () => {
    const { body } = await rests.hana.get<Announcement>(`/api/announcements/${id}`)
    return body.progress?.delivered ?? 0
  }

  const { status, body } = await rests.hana.post<Announcement>('/api/announcements', {
    title: 'Welcome',
    body: 'To all of you.',
    audience: 'everyone',
    publish: true,
  })
  const { id, progress } = body
  expect(status).toBe(201)
  // With those of the small organisation, but for who published it.
  const everybody = PEOPLE + 4
  expect(progress).toEqual({ recipients: everybody, delivered: 0, acknowledged: 0 })

  // Somebody else's work goes on, and is not kept waiting for the end.
  await assignGoal(rests.jane, cast.john)
  await john.until(message => (message.notification as { type?: string })?.type === 'goal_assigned')
  john.send('ping')
  await john.text('pong')
  const atPong = await delivered()
  expect(atPong).toBeLessThan(everybody)

  const seen: number[] = []
  while ((seen.at(-1) ?? 0) < everybody) {
    await hana.until(message => message.type === 'resource_changed' && message.id === id)
    seen.push(await delivered())
  }
  expect(seen.length, 'not told of every step').toBeLessThan(everybody / 200)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(seen.at(-1), 'nobody counts twice').toBe(everybody)
  expect(seen[0]).toBeLessThan(everybody)
  await server.app.jobs.tick()

  const rows = await db
    .selectFrom('notifications')
    .select('user_id')
    .where('type', '=', 'system_announcement')
    .execute()
  const people = await db.selectFrom('users').select('id').where('id', '!=', cast.hana.id).execute()
  expect(rows.map(row => row.user_id).sort()).toEqual(people.map(person => person.id).sort())
  expect(await server.app.database.transaction(tx => wrongCounters(tx.engine))).toEqual([])
  const inboxes = await db.selectFrom('inboxes').select(['user_id', 'version', 'unread_count']).execute()
  const wrong = inboxes.filter(({ user_id, version, unread_count }) => {
    const many = user_id === cast.john.id ? 2 : 1
    return version !== many || unread_count !== many
  })
  expect(wrong).toEqual([])
})

test('goes in short steps while others are about, and in fewer when nobody is', async () => {
  const { database } = server.app
  async function stepsAmongOthers(areAbout: boolean): Promise<number> {
    await publishUnheard(crowd.slice(0, 1_000))
    let steps = 0
    const others = {
      areAbout: () => areAbout,
      pass: async () => {
        steps += 1
      },
    }
    await deliveryJob(database, { moved() {} }, others).run(new Date(), new AbortController().signal)
    return steps
  }
  const alone = await stepsAmongOthers(false)
  expect(await stepsAmongOthers(true)).toBeGreaterThan(alone * 2)
  expect(await database.transaction(tx => wrongCounters(tx.engine))).toEqual([])
})

/** On its way to these people, without anybody being told that there is something to do. */
async function publishUnheard(recipients: readonly string[]): Promise<void> {
  const { db } = server.app.database
  const published = await db
    .selectFrom('announcements')
    .selectAll()
    .orderBy('published_at')
    .executeTakeFirstOrThrow()
  const id = newId()
  const onItsWay = { delivered_count: 0, delivered_through: '', delivered_at: null }
  await db
    .insertInto('announcements')
    .values({ ...published, id, recipient_count: recipients.length, ...onItsWay })
    .execute()
  await db
    .insertInto('announcement_recipients')
    .values(recipients.map(user_id => ({ announcement_id: id, user_id, acknowledged_at: null })))
    .execute()
}

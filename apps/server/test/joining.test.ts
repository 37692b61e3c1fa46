/** One transaction for all that a call opens: parts hold or not on their own, and the whole holds or does not. */
import { notify } from '@pms/notifier'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Tx } from '../src/database.ts'
import { goalApproved } from '../src/features/goals/notifications.ts'
import { createHttp } from '../src/http/server.ts'
import { acceptIdempotencyKeys, createOnce } from '../src/idempotency/idempotency.ts'
import { type Person, startServer, type TestServer, type TestSocket } from '../src/testing/index.ts'
import { heardTypes, NOBODY } from './goal-calls.ts'

let server: TestServer
let jane: Person
let socket: TestSocket

beforeAll(async () => {
  server = await startServer()
  jane = (await server.addOrganisation()).jane
})
afterAll(() => server.close())
beforeEach(async () => {
  await server.app.database.db.deleteFrom('org_units').execute()
  // One that syncs: it hears of everything.
  socket = await server.socket(jane, { query: { since: '0' } })
  await socket.next('sync')
})

const heardSince = async () => (await heardTypes(socket)).filter(type => type !== 'sync')

const unit = (tx: Tx, name: string) =>
  tx.db.insertInto('org_units').values({ id: name, name, kind: 'unit', parent_id: null }).execute()

/** Writes a row and tells Jane. */
async function write(tx: Tx, name: string): Promise<void> {
  await unit(tx, name)
  notify(tx, goalApproved, {
    to: jane.id,
    actor: null,
    data: { goal_id: NOBODY },
    words: { title: name },
  })
}

const names = async () =>
  (await server.app.database.db.selectFrom('org_units').select('name').orderBy('name').execute()).map(
    ({ name }) => name,
  )

describe('the parts of a whole', () => {
  test('are seen by those that follow, and by everybody at the end; then Jane hears', async () => {
    const { database } = server.app
    const after: string[] = []
    const answer = await database.inOne(async () => {
      await database.transaction(async tx => {
        await write(tx, 'a')
        tx.afterCommit(() => after.push('a'))
      })
      expect(await names()).toEqual(['a'])
      expect(await database.snapshot(db => db.selectFrom('org_units').select('name').execute())).toEqual([
        { name: 'a' },
      ])
      expect([await heardSince(), after]).toEqual([[], []])
      await database.transaction(tx => write(tx, 'b'))
      return 7
    })
    expect([answer, await names(), after]).toEqual([7, ['a', 'b'], ['a']])
    expect(await heardSince()).toEqual(['new_notification', 'new_notification'])
  })

  test('that throw take back what they did, and only that', async () => {
    const { database } = server.app
    const after: string[] = []
    await database.inOne(async () => {
      await database.transaction(tx => write(tx, 'a'))
      const refused = database.transaction(async tx => {
        await write(tx, 'b')
        tx.send({ kind: 'resource_changed', user_id: jane.id, resource: 'unit', id: 'b' })
        tx.afterCommit(() => after.push('b'))
        throw new Error('refused')
      })
      await expect(refused).rejects.toThrow('refused')
      const late = database.transaction(async tx => {
        await write(tx, 'c')
        tx.beforeCommit(async () => {
          throw new Error('too late')
        })
      })
      await expect(late).rejects.toThrow('too late')
      await database.transaction(tx => write(tx, 'd'))
    })
    expect([await names(), after]).toEqual([['a', 'd'], []])
    expect(await heardSince()).toEqual(['new_notification', 'new_notification'])
  })

  test('are nothing when the whole throws', async () => {
    const { database } = server.app
    const whole = database.inOne(async () => {
      await database.transaction(tx => write(tx, 'a'))
      throw new Error('after all')
    })
    await expect(whole).rejects.toThrow('after all')
    expect([await names(), await heardSince()]).toEqual([[], []])
  })

  test('do not run beside each other', async () => {
    const { database } = server.app
    const both = database.inOne(() =>
      Promise.all(['a', 'b'].map(name => database.transaction(tx => write(tx, name)))),
    )
    await expect(both).rejects.toThrow('follow one another')
    expect(await names()).toEqual([])
  })
})

test('what was begun in a whole and outlives it has transactions of its own', async () => {
  const { database } = server.app
  const ended = Promise.withResolvers<void>()
  let later: Promise<void> | undefined
  await database.inOne(async () => {
    later = ended.promise.then(() => database.transaction(tx => write(tx, 'later')))
  })
  ended.resolve()
  await later
  expect(await names()).toEqual(['later'])
})

test('others see none of the middle of a whole', async () => {
  const { database } = server.app
  const middle = Promise.withResolvers<void>()
  const go = Promise.withResolvers<void>()
  const whole = database.inOne(async () => {
    await database.transaction(tx => write(tx, 'a'))
    middle.resolve()
    await go.promise
    await database.transaction(tx => write(tx, 'b'))
  })
  await middle.promise
  const seen = names()
  go.resolve()
  await whole
  // One engine lets readers wait for its end, the other shows them what was before it.
  expect([[], ['a', 'b']]).toContainEqual(await seen)
})

test('an answer that is sent before it holds is refused, and what was done is taken back', async () => {
  const { database } = server.app
  await using http = await createHttp({ logger: pino({ level: 'silent' }), allowedOrigins: [] })
  acceptIdempotencyKeys(http, createOnce({ database, callerId: () => jane.id }))
  http.post('/early', { config: { idempotent: true } }, async (_request, reply) => {
    await database.transaction(tx => write(tx, 'a'))
    return reply.code(201).send({ done: true })
  })
  const url = await http.listen({ port: 0, host: '127.0.0.1' })
  const send = (headers: Record<string, string>) => fetch(`${url}/early`, { method: 'POST', headers })
  expect((await send({ 'idempotency-key': 'k' })).status).toBe(500)
  expect(await names()).toEqual([])
  expect((await send({})).status).toBe(201)
})

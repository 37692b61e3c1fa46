/** Whom long work lets pass: those who wait for an answer, for as long as is decent. */
import { once } from 'node:events'
import { createServer, get, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { watchTraffic } from '../src/http/traffic.ts'

/** Never to be seen the end of. */
const LONG_MS = 600_000

async function serve(options?: Parameters<typeof watchTraffic>[1]) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const others = watchTraffic(server, options)
  const { port } = server.address() as AddressInfo
  return {
    others,
    /** Calls, and answers nothing yet. */
    async call() {
      const request = get({ port, agent: false }).on('error', () => {})
      const [, response] = (await once(server, 'request')) as [unknown, ServerResponse]
      return { request, response }
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Whether it has resolved after some turns of the event loop. */
async function isOver(passed: Promise<void>): Promise<boolean> {
  let over = false
  passed.then(() => {
    over = true
  })
  for (let turns = 0; turns < 20; turns++) await turn()
  return over
}

test('where nobody calls, nobody is waited for', async () => {
  await using server = await serve({ patienceMs: LONG_MS })
  expect(server.others.areAbout()).toBe(false)
  await server.others.pass()
})

test.for(['is answered', 'gives up'] as const)(
  'a call that is under way is let pass until it %s',
  async end => {
    await using server = await serve({ patienceMs: LONG_MS })
    const { request, response } = await server.call()
    expect(server.others.areAbout()).toBe(true)
    const passed = server.others.pass()
    expect(await isOver(passed)).toBe(false)
    if (end === 'gives up') request.destroy()
    else response.end()
    await passed
    expect(server.others.areAbout(), 'who called may call again').toBe(true)
  },
)

test('one that is never answered does not hold up other work for ever', async () => {
  await using server = await serve({ patienceMs: 1 })
  await server.call()
  await server.others.pass()
  expect(server.others.areAbout()).toBe(true)
})

test('who called some time ago has gone', async () => {
  await using server = await serve({ aboutMs: 0 })
  const { response } = await server.call()
  response.end()
  await server.others.pass()
  expect(server.others.areAbout()).toBe(false)
})

/** Pages written as the guide teaches work against the server as they are. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '../../apps/server/src/testing/index.ts'
import { openPage } from './guide-page.ts'

type Page = Awaited<ReturnType<typeof openPage>>

const PASSWORD = 'correct horse battery'
let server: TestServer
let john: Page
let jane: Page

beforeAll(async () => {
  server = await startServer()
  const supervisor = await server.addPerson('Jane Smith', { password: PASSWORD, email: 'jane@example.test' })
  await server.addPerson('John Doe', { password: PASSWORD, email: 'john@example.test', supervisor })
  john = await openPage(server, 'john@example.test', PASSWORD)
  jane = await openPage(server, 'jane@example.test', PASSWORD)
})
afterAll(() => server.close())

/** For what a page does by itself: asked again and again until it is so. */
const eventually = <T>(read: () => T) => expect.poll(read, { interval: 5, timeout: 10_000 })

const goal = (title: string) => ({ title, type: 'INDIVIDUAL', quarter: 'Q1', year: 2025 })

/** Opens its socket, and waits until it was greeted. */
async function connect(page: Page): Promise<WebSocket> {
  const socket = page.connectWebSocket()
  await expect
    .poll(() => page.log)
    .toContainEqual(expect.stringMatching(/^Connection established: [0-9a-f-]{36}$/))
  return socket
}

test('a goal is created, approved and read, with no more than the guide says', async () => {
  await jane.fetchNotifications()
  expect(jane.screen).toMatchObject({ badge: 0, list: [] })
  await connect(jane)
  await connect(john)

  const id = await john.createPersonalGoal(goal('Complete Advanced Training'))
  await eventually(() => jane.screen.badge).toBe(1)
  expect(jane.screen).toMatchObject({
    sounds: 1,
    toasts: [{ title: 'New Goal Awaiting Approval', priority: 'high' }],
  })
  jane.screen.toasts[0]?.onClick()
  expect(jane.screen.path).toBe(`/goals/${id}`)

  await jane.approveGoal(id)
  await expect
    .poll(() => john.screen.list)
    .toMatchObject([{ message: "Jane Smith has approved your goal 'Complete Advanced Training'." }])
  // Approval is no reason for a sound; and what was asked of Jane is read, now that she has done it.
  expect(john.screen).toMatchObject({ badge: 1, sounds: 0 })
  await eventually(() => jane.screen.read).toEqual(jane.screen.list.map(item => item.id))
  await jane.fetchNotifications()
  expect(jane.screen).toMatchObject({ badge: 0, list: [] })
})

test('the bell fetches without a header, and two tabs agree on what is read', async () => {
  const tabs = [
    await openPage(server, 'jane@example.test', PASSWORD),
    await openPage(server, 'jane@example.test', PASSWORD),
  ] as const
  for (const title of ['One', 'Two', 'Three']) await john.createPersonalGoal(goal(title))
  for (const tab of tabs) {
    await tab.fetchNotifications()
    expect(tab.screen.badge).toBe(3)
    expect(tab.screen.list.map(({ message }) => message.split("'")[1])).toEqual(['Three', 'Two', 'One'])
    await connect(tab)
  }
  const [three, two, one] = tabs[0].screen.list.map(({ id }) => id)

  tabs[0].markAsReadViaWS(three ?? '')
  for (const tab of tabs) await eventually(() => tab.screen.read).toEqual([three])
  await tabs[1].markAsReadViaAPI(two ?? '')
  for (const tab of tabs) await eventually(() => tab.screen.read).toEqual([three, two])
  expect(await tabs[0].markAllAsRead()).toBe('1 notifications marked as read')
  for (const tab of tabs) await eventually(() => tab.screen.read).toEqual([three, two, one])
  await tabs[1].fetchNotifications()
  expect(tabs[1].screen).toMatchObject({ badge: 0, list: [] })
})

test('the bare pong throws in its own handler, and in nothing else', async () => {
  const page = await openPage(server, 'jane@example.test', PASSWORD)
  await connect(page)
  expect(page.intervals).toMatchObject([{ ms: 30_000 }])
  page.intervals[0]?.work()
  await eventually(() => page.uncaught).toHaveLength(1)
  expect(String(page.uncaught[0])).toMatch(/^SyntaxError/)

  await john.createPersonalGoal(goal('After the pong'))
  await eventually(() => page.screen.badge).toBe(1)
  expect(page.uncaught).toHaveLength(1)
})

test('its reconnecting brings it back', async () => {
  const page = await openPage(server, 'john@example.test', PASSWORD)
  const socket = await connect(page)
  socket.close()
  await eventually(() => page.timeouts).toMatchObject([{ ms: 5_000 }])
  page.log.length = 0
  page.timeouts[0]?.work()
  await eventually(() => page.log).toContainEqual(expect.stringMatching(/^Connection established: /))
})

test('none of them ever met a message that the guide does not know', () => {
  for (const { log } of [john, jane])
    expect(log.filter(line => /Unknown message|WebSocket error/.test(line))).toEqual([])
})

/** The tabs of one person in one browser have one socket, and one of them says what is new. */
import type { Page } from '@playwright/test'
import type { Person } from '../../apps/server/src/testing/index.ts'
import { expectUnread, openBell, rows, toast } from './support/bell.ts'
import { createGoal } from './support/goals.ts'
import type { Stage } from './support/stage.ts'
import { PASSWORD } from './support/stage.ts'
import { BETWEEN_SERVERS, expect, fillIn, test } from './support/test.ts'

/** How many sockets the server has open. */
async function sockets(stage: Stage, person: Person): Promise<number> {
  const rest = await stage.server.as(person)
  const { body } = await rest.get<{ total_connections: number }>('/api/notifications/connection-stats')
  return body.total_connections
}

const expectOneSocket = (stage: Stage, person: Person) =>
  expect.poll(() => sockets(stage, person), 'sockets').toBe(1)

/** One more tab of the same browser, live. */
async function openTab(page: Page): Promise<Page> {
  const tab = await page.context().newPage()
  await tab.goto('/goals')
  await expectUnread(tab, 0)
  return tab
}

/** Counts the tones that this page starts from now on; a chime is two of them. */
async function countTones(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counter = Object.assign(window, { tones: 0 })
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (when) {
      counter.tones += 1
      start.call(this, when)
    }
  })
  return () => page.evaluate(() => (window as unknown as { tones: number }).tones)
}

test('two tabs use one socket, and what is read in one is read in the other', async ({
  stage,
  people,
  visit,
}) => {
  const first = await visit(people.jane)
  const second = await openTab(first)
  expect(await sockets(stage, people.jane)).toBe(1)

  await createGoal(stage.server, people.john, 'Learn to Sail')
  for (const page of [first, second]) await expectUnread(page, 1)
  const panel = await openBell(second)
  await rows(panel, 'Learn to Sail').hover()
  await rows(panel, 'Learn to Sail')
    .getByRole('button', { name: /^Mark as read/ })
    .click()
  for (const page of [first, second]) await expectUnread(page, 0)
  expect(await sockets(stage, people.jane)).toBe(1)
})

test('the leading tab is closed: the others take over and receive', { tag: BETWEEN_SERVERS }, async ({
  stage,
  people,
  visit,
}) => {
  const first = await visit(people.jane)
  const second = await openTab(first)
  const third = await openTab(first)
  await first.close()
  await createGoal(stage.server, people.john, 'Learn to Sail')
  for (const page of [second, third]) await expectUnread(page, 1)
  await expectOneSocket(stage, people.jane)

  await second.close()
  await createGoal(stage.server, people.john, 'Learn to Swim')
  await expectUnread(third, 2)
  await expectOneSocket(stage, people.jane)
})

test('the leading tab crashes while much is written: the other misses nothing and doubles nothing', async ({
  stage,
  people,
  visit,
}) => {
  const first = await visit(people.jane)
  const second = await openTab(first)
  const crashed = first.waitForEvent('crash')
  for (let n = 1; n <= 40; n++) {
    await createGoal(stage.server, people.john, `Goal ${n}`)
    if (n === 20) void first.goto('chrome://crash').catch(() => {})
  }
  await crashed
  await expectUnread(second, 40)
  await expectOneSocket(stage, people.jane)

  const panel = await openBell(second)
  const goals = rows(panel, 'Goal ')
  await expect.poll(() => goals.count()).toBeGreaterThan(19)
  const numbers = (await goals.allInnerTexts()).map(text => Number(/'Goal (\d+)'/.exec(text)?.[1]))
  expect(numbers).toEqual(Array.from(numbers, (_, n) => 40 - n))
})

test('a tab that goes to another page of the app by its address comes back into the circle', async ({
  stage,
  people,
  visit,
}) => {
  const first = await visit(people.jane)
  const second = await openTab(first)
  await first.goto('/goals/new')
  await first.goBack()
  for (const page of [first, second]) await expectUnread(page, 0)
  await createGoal(stage.server, people.john, 'Learn to Sail')
  for (const page of [first, second]) await expectUnread(page, 1)
  await expectOneSocket(stage, people.jane)
})

test('one tab shows the toast and is heard', async ({ stage, people, visit }) => {
  const first = await visit(people.jane)
  const second = await openTab(first)
  const tones = [await countTones(first), await countTones(second)]
  // A page may sound only after it was clicked; both may.
  for (const page of [first, second]) await page.getByRole('heading', { name: 'Goals', exact: true }).click()
  await second.bringToFront()

  await createGoal(stage.server, people.john, 'Learn to Sail')
  for (const page of [first, second]) await expectUnread(page, 1)
  await expect
    .poll(
      async () =>
        (await toast(first, 'Learn to Sail').count()) + (await toast(second, 'Learn to Sail').count()),
    )
    .toBe(1)
  const heard = async () => (await Promise.all(tones.map(count => count()))).sort()
  await expect.poll(heard).toEqual([0, 2])

  // What would come late has come by the next.
  await createGoal(stage.server, people.john, 'Learn to Swim')
  for (const page of [first, second]) await expectUnread(page, 2)
  const shown = async () =>
    (await toast(first, 'Learn to').count()) + (await toast(second, 'Learn to').count())
  await expect.poll(shown).toBe(2)
})

test('the server restarts: every tab says so, and all are live again by one socket', async ({
  stage,
  people,
  visit,
}) => {
  const first = await visit(people.jane)
  const second = await openTab(first)
  await stage.stop()
  const cutOff = /^Notifications\b.*\. Reconnecting$/
  for (const page of [first, second]) await expect(page.getByRole('button', { name: cutOff })).toBeVisible()
  await stage.aside(server => createGoal(server, people.john, 'Learn to Sail'))
  await stage.start()
  for (const page of [first, second]) await expectUnread(page, 1)
  await expectOneSocket(stage, people.jane)
})

test('signing out in one tab ends the socket of all', async ({ stage, people, visit }) => {
  const first = await visit(people.jane)
  const second = await openTab(first)
  await second.getByRole('button', { name: 'Jane Smith' }).click()
  await second.getByRole('menuitem', { name: 'Sign out' }).click()
  for (const page of [first, second]) await expect(page.getByLabel('Password')).toBeVisible()
  await expect.poll(() => sockets(stage, people.john), 'sockets').toBe(0)

  await fillIn(first, people.john.email, PASSWORD)
  await expectUnread(first, 0)
  await expectOneSocket(stage, people.john)
})

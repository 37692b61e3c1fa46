/** The server goes and comes back under open pages. They say so, recover by themselves, and nothing is missing. */
import { bell, expectUnread, openBell, rows, toast } from './support/bell.ts'
import { approveGoal, createGoal } from './support/goals.ts'
import { BETWEEN_SERVERS, expect, test, watchReloads } from './support/test.ts'

const cutOff = /^Notifications\b.*\. Reconnecting$/

test('what happened while the server was away arrives once, without a reload', {
  tag: BETWEEN_SERVERS,
}, async ({ stage, people, visit }) => {
  const page = await visit(people.jane)
  const document = await watchReloads(page)
  await createGoal(stage.server, people.john, 'Before the cut')
  await expectUnread(page, 1)
  const panel = await openBell(page)

  await stage.stop()
  await expect(page.getByRole('button', { name: cutOff })).toBeVisible()
  await expect(panel.getByText(/^Reconnecting/)).toBeVisible()
  await expect(rows(panel, 'Before the cut')).toHaveCount(1)

  await stage.aside(server => createGoal(server, people.john, 'During the cut'))
  await stage.start()

  await expectUnread(page, 2)
  await expect(panel.getByText(/^Reconnecting/)).toHaveCount(0)
  await expect(rows(panel, 'During the cut')).toHaveCount(1)
  await expect(panel.getByRole('listitem')).toHaveCount(2)
  await expect(toast(page, 'During the cut')).toHaveCount(1)

  await createGoal(stage.server, people.john, 'After the cut')
  await expectUnread(page, 3)
  await expect(rows(panel, 'After the cut')).toHaveCount(1)
  await expect(panel.getByRole('listitem')).toHaveCount(3)
  await document.expectSame()
})

test('a page that was never open waits for the server, and the app stays', async ({
  stage,
  people,
  visit,
}) => {
  const page = await visit(people.jane)
  const document = await watchReloads(page)
  await stage.stop()
  await expect(page.getByRole('button', { name: cutOff })).toBeVisible()
  await page.getByRole('link', { name: 'Reviews' }).click()
  await expect(page.getByText('PMS cannot be reached. Trying again…')).toBeVisible()
  await stage.start()
  await expect(page.getByRole('heading', { name: 'Reviews', level: 1 })).toBeVisible()
  await document.expectSame()
})

test('many that came meanwhile are told of in one toast, which opens the bell', async ({
  stage,
  people,
  visit,
}) => {
  const page = await visit(people.jane)
  await stage.stop()
  await expect(page.getByRole('button', { name: cutOff })).toBeVisible()
  await stage.aside(async server => {
    for (const title of ['Learn to Sail', 'Learn to Swim', 'Learn to Row'])
      await createGoal(server, people.john, title)
  })
  await stage.start()

  await expectUnread(page, 3)
  await toast(page, '3 new while you were away').click()
  const panel = page.getByRole('dialog', { name: 'Notifications' })
  await expect(panel.getByRole('listitem')).toHaveText([/Learn to Row/, /Learn to Swim/, /Learn to Sail/])
  await expect(toast(page, 'Learn to')).toHaveCount(0)
})

test('what was read elsewhere meanwhile is read here too', async ({ stage, people, visit }) => {
  const page = await visit(people.jane)
  await createGoal(stage.server, people.john, 'Learn to Sail')
  await expectUnread(page, 1)

  await stage.stop()
  await expect(page.getByRole('button', { name: cutOff })).toBeVisible()
  await stage.aside(async server => (await server.as(people.jane)).put('/api/notifications/mark-all-read'))
  await stage.start()

  await expectUnread(page, 0)
  await expect(rows(await openBell(page), 'Unread')).toHaveCount(0)
})

test('an open page shows what became of it meanwhile', async ({ stage, people, visit }) => {
  const page = await visit(people.john)
  const id = await createGoal(stage.server, people.john, 'Learn to Sail')
  await page.goto(`/goals/${id}`)
  await expectUnread(page, 0)
  const document = await watchReloads(page)
  await expect(page.getByRole('status').getByText('Awaiting', { exact: true })).toBeVisible()

  await stage.stop()
  await expect(page.getByRole('button', { name: cutOff })).toBeVisible()
  await stage.aside(server => approveGoal(server, people.jane, id))
  await stage.start()

  await expectUnread(page, 1)
  await expect(page.getByRole('status').getByText('Active', { exact: true })).toBeVisible()
  await document.expectSame()
})

test('what cannot be done without the server is said, and can be done when it is back', async ({
  stage,
  people,
  visit,
}) => {
  const page = await visit(people.john)
  await page.getByRole('link', { name: 'New goal' }).first().click()
  await page.getByLabel('Title').fill('Learn to Sail')
  await stage.stop()
  await expect(page.getByRole('button', { name: cutOff })).toBeVisible()

  await page.getByRole('button', { name: 'Send for approval' }).click()
  await expect(page.getByRole('alert')).toHaveText(/PMS cannot be reached/)
  await expect(page.getByLabel('Title')).toHaveValue('Learn to Sail')

  await stage.start()
  await expect(bell(page)).toHaveAccessibleName('Notifications. Live')
  await page.getByRole('button', { name: 'Send for approval' }).click()
  await expect(page.getByRole('heading', { name: 'Learn to Sail', level: 1 })).toBeVisible()
})

/** Several tabs of one person are one inbox: each hears of everything, and of what is done in the others. */
import type { Page } from '@playwright/test'
import { expectUnread, openBell, rows } from './support/bell.ts'
import { createGoal } from './support/goals.ts'
import { BETWEEN_SERVERS, expect, test, watchReloads } from './support/test.ts'

/** Two tabs of one browser, both with the bell open. */
async function openTabs(first: Page) {
  const second = await first.context().newPage()
  await second.goto('/goals')
  await expectUnread(second, 0)
  const documents = [await watchReloads(first), await watchReloads(second)]
  return {
    second,
    here: await openBell(first),
    there: await openBell(second),
    expectSame: () => Promise.all(documents.map(document => document.expectSame())),
  }
}

test('what is read in one tab is read in the other', { tag: BETWEEN_SERVERS }, async ({
  stage,
  people,
  visit,
}) => {
  const first = await visit(people.jane)
  const { second, here, there, expectSame } = await openTabs(first)
  await createGoal(stage.server, people.john, 'Learn to Sail')
  await createGoal(stage.server, people.john, 'Learn to Swim')
  for (const page of [first, second]) await expectUnread(page, 2)
  for (const panel of [here, there]) await expect(rows(panel, 'Unread')).toHaveCount(2)

  await rows(here, 'Learn to Sail').hover()
  await rows(here, 'Learn to Sail')
    .getByRole('button', { name: /^Mark as read/ })
    .click()

  for (const page of [first, second]) await expectUnread(page, 1)
  for (const panel of [here, there]) {
    await expect(rows(panel, 'Unread')).toHaveCount(1)
    await expect(rows(panel, 'Unread')).toContainText('Learn to Swim')
  }

  await rows(there, 'Learn to Sail').hover()
  await rows(there, 'Learn to Sail')
    .getByRole('button', { name: /^Mark as unread/ })
    .click()
  for (const page of [first, second]) await expectUnread(page, 2)
  await expectSame()
})

test('what is opened in one tab is read in the other', async ({ stage, people, visit }) => {
  const first = await visit(people.jane)
  const { second, here } = await openTabs(first)
  await createGoal(stage.server, people.john, 'Learn to Sail')
  await expectUnread(second, 1)

  await rows(here, 'Learn to Sail')
    .getByRole('button', { name: /has created a new goal/ })
    .click()
  await expect(first.getByRole('heading', { name: 'Learn to Sail', level: 1 })).toBeVisible()
  for (const page of [first, second]) await expectUnread(page, 0)
})

test('all are marked read in every tab', async ({ stage, people, visit }) => {
  const first = await visit(people.jane)
  const { second, here, there, expectSame } = await openTabs(first)
  for (const title of ['Learn to Sail', 'Learn to Swim', 'Learn to Row'])
    await createGoal(stage.server, people.john, title)
  for (const page of [first, second]) await expectUnread(page, 3)

  await there.getByRole('button', { name: 'Mark all read' }).click()

  for (const page of [first, second]) await expectUnread(page, 0)
  for (const panel of [here, there]) {
    await expect(panel.getByRole('listitem')).toHaveCount(3)
    await expect(rows(panel, 'Unread')).toHaveCount(0)
  }
  await expectSame()
})

test('what is deleted in one tab goes in the other, and comes back by undo', {
  tag: BETWEEN_SERVERS,
}, async ({ stage, people, visit }) => {
  const first = await visit(people.jane)
  const { second, here, there, expectSame } = await openTabs(first)
  await createGoal(stage.server, people.john, 'Learn to Sail')
  await createGoal(stage.server, people.john, 'Learn to Swim')
  for (const page of [first, second]) await expectUnread(page, 2)

  await rows(here, 'Learn to Sail').hover()
  await rows(here, 'Learn to Sail')
    .getByRole('button', { name: /^Delete/ })
    .click()

  for (const page of [first, second]) await expectUnread(page, 1)
  for (const panel of [here, there]) {
    await expect(rows(panel, 'Learn to Sail')).toHaveCount(0)
    await expect(panel.getByRole('listitem')).toHaveCount(1)
  }

  await here.getByRole('button', { name: 'Undo' }).click()
  for (const page of [first, second]) await expectUnread(page, 2)
  for (const panel of [here, there]) await expect(rows(panel, 'Learn to Sail')).toHaveCount(1)
  await expectSame()
})

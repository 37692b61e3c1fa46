/** All that waits for a decision, in one place: it comes by itself, is decided at once or several together. */
import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { assignGoal, createGoal } from './support/goals.ts'
import { act, askForTime, assign, propose } from './support/initiatives.ts'
import { BETWEEN_SERVERS, expect, test } from './support/test.ts'

const row = (page: Page, title: string) =>
  page.getByRole('main').getByRole('listitem').filter({ hasText: title })
const decide = (page: Page, verb: string, title: string) =>
  page.getByRole('button', { name: `${verb} ${title}`, exact: true })

async function open(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Approvals' }).click()
  await expect(page.getByRole('heading', { name: 'Approvals' })).toBeVisible()
}

test('every kind comes by itself, the oldest first, and is decided in place', {
  tag: BETWEEN_SERVERS,
}, async ({ stage, people, visit }) => {
  const { server } = stage
  const { mary, jane, john } = people
  const page = await visit(jane)
  await open(page)
  await expect(page.getByText('Nothing waits on you')).toBeVisible()

  const goal = await createGoal(server, john, 'Learn to sail')
  await assignGoal(server, mary, jane, 'Grow a successor')
  await propose(server, john, 'Answer within a day')
  const work = await assign(server, jane, john, 'Move the mail')
  await act(server, john, work, 'start')
  await askForTime(server, john, work, 30, 'The supplier is late.')
  await act(server, john, work, 'submit', { report: 'Done after all.' })
  const late = await assign(server, jane, john, 'Count the spare parts')
  await askForTime(server, john, late, 30, 'There are more than expected.')
  const titles = page.getByRole('list', { name: 'Waiting on you' }).locator('[data-row]')
  await expect(titles).toHaveText([
    'Learn to sail',
    'Grow a successor',
    'Answer within a day',
    'Move the mail',
    'Count the spare parts',
  ])
  await expect(page.getByRole('link', { name: 'Approvals 5 waiting on you' })).toBeVisible()

  const other = await visit(john)
  await other.goto(`/goals/${goal}`)
  await expect(other.getByRole('status').getByText('Awaiting')).toBeVisible()
  await decide(page, 'Approve', 'Learn to sail').click()
  await expect(row(page, 'Learn to sail')).toContainText('Approved')
  await expect(other.getByRole('status').getByText('Active')).toBeVisible()
  await decide(page, 'Accept', 'Grow a successor').click()
  await expect(row(page, 'Grow a successor')).toContainText('Accepted')
  await decide(page, 'Deny', 'Count the spare parts').click()
  await page.getByRole('dialog').getByLabel('Reason').fill('The day stays.')
  await page.getByRole('dialog').getByRole('button', { name: 'Deny' }).click()
  await expect(row(page, 'Count the spare parts')).toContainText('Denied')
  // Nothing has moved.
  await expect(titles).toHaveCount(5)
  await expect(titles.first()).toHaveText('Learn to sail')
  await expect(page.getByRole('link', { name: 'Approvals 2 waiting on you' })).toBeVisible()

  await page.getByRole('link', { name: 'Review', exact: true }).click()
  await expect(page).toHaveURL(/\/initiatives\/[0-9a-f-]+\/review$/)
})

test('by keys: several are selected and approved at once, others rejected with one reason', async ({
  stage,
  people,
  visit,
}) => {
  const { server } = stage
  for (const title of ['One', 'Two', 'Three', 'Four', 'Five']) await createGoal(server, people.john, title)
  const page = await visit(people.jane)
  const john = await visit(people.john)
  await open(page)
  await expect(row(page, 'Five')).toBeVisible()

  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
  const bar = page.getByRole('region', { name: 'Selected' })
  await expect(bar).toContainText('2 selected')
  await expect(bar.getByRole('button', { name: 'Approve 2' })).toBeVisible()
  await page.keyboard.press('a')
  for (const title of ['One', 'Two']) await expect(row(page, title)).toContainText('Approved')
  await expect(bar).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Two' })).toBeFocused()

  for (const key of ['j', 'x', 'j', 'x', 'r']) await page.keyboard.press(key)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Reject 2 requests?')
  await dialog.getByLabel('Reason').fill('Not this quarter.')
  await dialog.getByRole('button', { name: 'Reject 2' }).click()
  for (const title of ['Three', 'Four']) await expect(row(page, title)).toContainText('Rejected')

  await page.getByRole('checkbox', { name: 'Select Five' }).focus()
  await page.keyboard.press('a')
  await expect(row(page, 'Five')).toContainText('Approved')
  await expect(row(john, 'Four')).toContainText('“Not this quarter.”')
  await expect(row(john, 'Five')).toContainText('Active')

  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Four', level: 1 })).toBeVisible()
})

test('one that was decided elsewhere meanwhile says so, and the others go through', async ({
  stage,
  people,
  visit,
}) => {
  const { server } = stage
  const first = await createGoal(server, people.john, 'One')
  await createGoal(server, people.john, 'Two')
  const page = await visit(people.jane)
  await open(page)
  await expect(row(page, 'Two')).toBeVisible()
  // Its news does not arrive: no later look at the list is answered.
  await page.route('**/api/approvals?**', () => {})
  const rest = await server.as(people.jane)
  expect((await rest.put(`/api/goals/${first}/approve`, {})).status).toBe(200)

  await page.getByRole('checkbox', { name: 'Select One' }).check()
  await page.getByRole('button', { name: 'All 2' }).click()
  await page.getByRole('button', { name: 'Approve 2' }).click()
  await expect(row(page, 'One').getByRole('alert')).toContainText('Jane Smith')
  await expect(row(page, 'Two')).toContainText('Approved')
})

test('what I wait for says on whom, and goes when it is decided', async ({ stage, people, visit }) => {
  const { server } = stage
  const goal = await createGoal(server, people.john, 'Learn to sail')
  await propose(server, people.john, 'Answer within a day')
  const page = await visit(people.john)
  await page.goto('/approvals?tab=sent')
  await expect(row(page, 'Learn to sail')).toContainText(/waiting on Jane for a moment/)
  await page.getByRole('link', { name: 'Initiatives to approve 1' }).click()
  await expect(page).toHaveURL(/tab=sent&kind=initiative_approval/)
  await expect(row(page, 'Learn to sail')).toHaveCount(0)
  await page.getByRole('link', { name: 'All 2' }).click()

  const rest = await server.as(people.jane)
  expect((await rest.put(`/api/goals/${goal}/approve`, {})).status).toBe(200)
  await expect(row(page, 'Learn to sail')).toHaveCount(0)
  await expect(row(page, 'Answer within a day')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`nothing grave on the approvals page, ${colorScheme}`, async ({ stage, people, visit }) => {
    await createGoal(stage.server, people.john, 'One')
    await createGoal(stage.server, people.john, 'Two')
    await propose(stage.server, people.john, 'Three')
    const page = await visit(people.jane, { colorScheme, reducedMotion: 'reduce' })
    await open(page)
    await page.getByRole('checkbox', { name: 'Select One' }).check()
    await expectAccessible(page, 'approvals, one selected')
    await page.keyboard.press('r')
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectAccessible(page, 'rejecting several')
    await page.keyboard.press('Escape')
    await decide(page, 'Approve', 'Two').click()
    await expect(row(page, 'Two')).toContainText('Approved')
    await expectAccessible(page, 'a decided row')
    const john = await visit(people.john, { colorScheme, reducedMotion: 'reduce' })
    await john.goto('/approvals?tab=sent')
    await expect(row(john, 'Three')).toBeVisible()
    await expectAccessible(john, 'sent')
  })

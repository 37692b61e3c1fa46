/** What the product is for: one person acts, the other hears of it at once and answers. Nobody reloads anything. */
import type { Page } from '@playwright/test'
import { expectUnread, openBell, rows, toast } from './support/bell.ts'
import { BETWEEN_SERVERS, expect, test, watchReloads } from './support/test.ts'

const TITLE = 'Complete Advanced Training'

/** The state of the goal that is open. */
const state = (page: Page, word: string) => page.getByRole('status').getByText(word, { exact: true })

/** Sends a goal for approval by the form. */
async function create(page: Page, title: string): Promise<void> {
  await page.getByRole('link', { name: 'New goal' }).first().click()
  await page.getByLabel('Title').fill(title)
  await page.getByRole('button', { name: 'Send for approval' }).click()
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
  await expect(state(page, 'Awaiting')).toBeVisible()
}

/** Assigns a goal by the form. */
async function assign(page: Page, to: string, title: string): Promise<void> {
  await page.getByRole('link', { name: 'Assign', exact: true }).click()
  await page.getByRole('combobox', { name: 'Who is it for?' }).fill(to.slice(0, 4))
  await page.getByRole('option', { name: to }).click()
  await page.getByLabel('Title').fill(title)
  await page.getByRole('button', { name: 'Assign goal' }).click()
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
}

/** Gives the reason that an open dialog asks for. */
async function giveReason(page: Page, reason: string, confirm: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill(reason)
  await dialog.getByRole('button', { name: confirm }).click()
  await expect(dialog).toBeHidden()
}

test('a goal rings at the supervisor, her approval rings at its owner', { tag: BETWEEN_SERVERS }, async ({
  people,
  visit,
}) => {
  const john = await visit(people.john)
  const jane = await visit(people.jane)
  const documents = [await watchReloads(john), await watchReloads(jane)]

  await create(john, TITLE)

  await expectUnread(jane, 1)
  await expect(jane).toHaveTitle(/^\(1\) /)
  const asked = toast(jane, `John Doe has created a new goal '${TITLE}' that requires your approval.`)
  await expect(asked).toContainText('New Goal Awaiting Approval')
  await asked.click()
  await expect(jane.getByRole('heading', { name: TITLE, level: 1 })).toBeVisible()
  await expectUnread(jane, 0)
  await jane.getByRole('button', { name: 'Approve' }).click()
  await expect(state(jane, 'Active')).toBeVisible()

  await expectUnread(john, 1)
  await expect(toast(john, `Jane Smith has approved your goal '${TITLE}'.`)).toBeVisible()
  await expect(state(john, 'Active')).toBeVisible()
  const panel = await openBell(john)
  await expect(rows(panel, `Jane Smith has approved your goal '${TITLE}'.`)).toHaveCount(1)
  await expect(panel.getByRole('listitem')).toHaveCount(1)

  for (const document of documents) await document.expectSame()
})

test('deciding from the list settles the request in the bell', async ({ people, visit }) => {
  const john = await visit(people.john)
  const jane = await visit(people.jane)
  await create(john, TITLE)
  await expectUnread(jane, 1)

  await jane.getByRole('link', { name: /^Waiting on me/ }).click()
  await jane.getByRole('link', { name: TITLE }).click()
  await jane.getByRole('button', { name: 'Approve' }).click()

  await expectUnread(jane, 0)
  await expect(jane).toHaveTitle(/^Complete/)
  const panel = await openBell(jane)
  await expect(rows(panel, TITLE)).toContainText('Settled by you')
  await expect(rows(panel, 'Unread')).toHaveCount(0)
})

test('a rejected goal is edited and sent again in one go', { tag: BETWEEN_SERVERS }, async ({
  people,
  visit,
}) => {
  const john = await visit(people.john)
  const jane = await visit(people.jane)
  await create(john, TITLE)

  const request = rows(await openBell(jane), TITLE)
  await request.getByRole('button', { name: /New Goal Awaiting Approval.*John Doe/ }).click()
  await jane.getByRole('button', { name: 'Reject' }).click()
  await giveReason(jane, 'Please name the course.', 'Reject goal')
  await expect(state(jane, 'Returned')).toBeVisible()

  const sentence = `Jane Smith has rejected your goal '${TITLE}'. Reason: Please name the course.`
  await expectUnread(john, 1)
  await expect(toast(john, sentence)).toContainText('Goal Rejected')
  await expect(state(john, 'Returned')).toBeVisible()
  await toast(john, sentence).click()
  await expectUnread(john, 0)
  await expect(john.getByText('Please name the course.').first()).toBeVisible()

  await john.getByRole('link', { name: 'Edit and send again' }).click()
  await john.getByLabel('Title').fill('Complete the Kubernetes Course')
  await john.getByRole('button', { name: 'Send again' }).click()
  await expect(john.getByRole('heading', { name: 'Complete the Kubernetes Course', level: 1 })).toBeVisible()
  await expect(state(john, 'Awaiting')).toBeVisible()

  await expectUnread(jane, 1)
  await expect(toast(jane, "a new goal 'Complete the Kubernetes Course' that requires")).toBeVisible()
  await expect(jane.getByRole('heading', { name: 'Complete the Kubernetes Course', level: 1 })).toBeVisible()
  await jane.getByRole('button', { name: 'Approve' }).click()
  await expect(state(john, 'Active')).toBeVisible()
})

test('an assigned goal is accepted on the page it leads to', async ({ people, visit }) => {
  const john = await visit(people.john)
  const jane = await visit(people.jane)
  await assign(jane, 'John Doe', 'Improve Customer Satisfaction')

  const asked =
    "Jane Smith has assigned you a new goal: 'Improve Customer Satisfaction'. Please review and accept or decline."
  await expectUnread(john, 1)
  await toast(john, asked).click()
  await expect(john).toHaveURL(/\/goals\/[0-9a-f-]+\/respond$/)
  await john.getByRole('button', { name: 'Accept goal' }).click()
  await expect(john.getByText('You accepted this goal. It is active now.')).toBeVisible()

  await expectUnread(jane, 1)
  await expect(toast(jane, "John Doe has accepted the goal 'Improve Customer Satisfaction'.")).toBeVisible()
  await expect(state(jane, 'Active')).toBeVisible()
})

test('an assigned goal is declined with a reason', async ({ people, visit }) => {
  const john = await visit(people.john)
  const jane = await visit(people.jane)
  await assign(jane, 'John Doe', 'Improve Customer Satisfaction')

  await toast(john, 'Improve Customer Satisfaction').click()
  await john.getByRole('button', { name: 'Decline…' }).click()
  await giveReason(john, 'I am away that quarter.', 'Decline goal')
  await expect(john.getByText('You declined this goal.')).toBeVisible()

  const sentence =
    "John Doe has declined the goal 'Improve Customer Satisfaction'. Reason: I am away that quarter."
  await expectUnread(jane, 1)
  await expect(toast(jane, sentence)).toContainText('Goal Declined')
  await expect(state(jane, 'Returned')).toBeVisible()
})

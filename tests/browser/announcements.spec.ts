/** Announcements from writing to the last acknowledgement, in several browsers at once. Nobody reloads anything. */
import type { Page } from '@playwright/test'
import type { Person } from '../../apps/server/src/testing/index.ts'
import { expectAccessible } from './support/axe.ts'
import { PASSWORD, type Stage } from './support/stage.ts'
import { BETWEEN_SERVERS, expect, test } from './support/test.ts'

const TITLE = 'New rules for working from home'
const BODY = 'Please read them before the end of the week.'

/** Somebody of HR who publishes, and servers that deliver. */
async function addHana(stage: Stage): Promise<Person> {
  stage.startJobs()
  return stage.server.addPerson('Hana Sato', { role: 'hr', password: PASSWORD })
}

async function write(page: Page, title: string): Promise<void> {
  await page.getByRole('link', { name: 'Announcements', exact: true }).click()
  await page.getByRole('link', { name: 'New announcement' }).click()
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('Message').fill(BODY)
}

const gauge = (page: Page, name: string) => page.getByRole('progressbar', { name })

test('it is published, reaches everybody, and is acknowledged while its writer looks on', {
  tag: BETWEEN_SERVERS,
}, async ({ stage, people, visit }) => {
  const hana = await visit(await addHana(stage))
  const john = await visit(people.john)
  const jane = await visit(people.jane)
  await jane.getByRole('link', { name: 'Announcements', exact: true }).click()
  await expect(jane.getByText('No announcements yet')).toBeVisible()

  await write(hana, TITLE)
  await hana.getByText('High', { exact: true }).click()
  await hana.getByRole('checkbox', { name: /Ask everybody to acknowledge it/ }).check()
  const preview = hana.getByRole('region', { name: 'Preview' })
  await expect(preview).toContainText(TITLE)
  await expect(preview).toContainText('Acknowledge')
  await expectAccessible(hana, 'the form')
  await hana.getByRole('button', { name: 'Publish…' }).click()
  const dialog = hana.getByRole('dialog')
  await expect(dialog).toContainText('asked to acknowledge it')
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click()

  await expect(hana.getByRole('heading', { name: TITLE, level: 1 })).toBeVisible()
  await expect(gauge(hana, 'Brought to inboxes')).toHaveAttribute('aria-valuenow', '100')
  await expect(gauge(hana, 'Acknowledged')).toHaveAttribute('aria-valuenow', '0')
  await expect(hana.getByText('Nobody yet.')).toBeVisible()

  // In the list that is open, and on the page it leads to.
  await jane.getByRole('link', { name: TITLE }).click()
  await expect(jane.getByRole('article')).toContainText(BODY)
  await expect(jane.getByRole('button', { name: 'Acknowledge' })).toBeVisible()
  await jane.keyboard.press('a')
  await expect(jane.getByText(/^You acknowledged this/)).toBeVisible()
  const answered = hana.getByRole('region', { name: 'Who has acknowledged it' }).getByRole('listitem')
  await expect(answered).toHaveText([/Jane Smith/])
  await expect(gauge(hana, 'Acknowledged')).toHaveAttribute('aria-valuenow', '33')
  await expectAccessible(hana, 'the announcement of its publisher')

  // Inside the notification.
  await john.getByRole('link', { name: /^Inbox/ }).click()
  await john.getByRole('listbox').or(john.getByRole('main')).getByText(TITLE).first().click()
  await john.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(john.getByText(/^You acknowledged this/)).toBeVisible()
  await expect(answered).toHaveText([/John Doe/, /Jane Smith/])
  await expect(gauge(hana, 'Acknowledged')).toHaveAttribute('aria-valuenow', '66')
  await hana.getByText('Not yet 1').click()
  await expect(answered).toHaveText([/Mary Okafor/])
})

test('a draft is kept, changed, and seen by nobody else; then it is thrown away', async ({
  stage,
  people,
  visit,
}) => {
  const hana = await visit(await addHana(stage))
  const john = await visit(people.john)
  await write(hana, 'Summer party')
  await hana.getByText('A role', { exact: true }).click()
  await hana.getByRole('button', { name: 'Publish…' }).click()
  await expect(hana.getByText('Choose the role it is for.')).toBeVisible()
  await hana.getByText('All staff', { exact: true }).click()
  await hana.getByRole('button', { name: 'Save draft' }).click()
  await expect(hana.getByRole('status').getByText('Draft', { exact: true })).toBeVisible()

  await hana.getByRole('link', { name: 'Edit' }).click()
  await hana.getByLabel('Title').fill('Winter party')
  await hana.getByRole('button', { name: 'Save draft' }).click()
  await expect(hana.getByRole('heading', { name: 'Winter party', level: 1 })).toBeVisible()
  await john.goto(new URL(hana.url()).pathname)
  await expect(john.getByText('There is no such announcement, or it is not yours to see')).toBeVisible()
  await john.goto('/announcements/new')
  await expect(john.getByText('Announcements are published by HR and admins')).toBeVisible()

  await hana.getByRole('button', { name: 'More actions' }).click()
  await hana.getByRole('menuitem', { name: 'Delete…' }).click()
  await hana.getByRole('button', { name: 'Delete draft' }).click()
  await expect(hana.getByText('No drafts')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`on a phone it is read and acknowledged, ${colorScheme}`, async ({ stage, people, visit }) => {
    const hana = await addHana(stage)
    const rest = await stage.server.as(hana)
    await rest.post('/api/announcements', {
      title: TITLE,
      body: BODY,
      audience: 'everyone',
      priority: 'urgent',
      requires_acknowledgement: true,
      publish: true,
    })
    const john = await visit(people.john, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      colorScheme,
      reducedMotion: 'reduce',
    })
    await john.goto('/announcements?tab=waiting')
    await expect(john.getByRole('link', { name: TITLE })).toBeVisible()
    await expectAccessible(john, 'the list')
    await john.getByRole('link', { name: TITLE }).tap()
    await expectAccessible(john, 'the announcement')
    await john.getByRole('button', { name: 'Acknowledge' }).tap()
    await expect(john.getByText(/^You acknowledged this/)).toBeVisible()
    const width = await john.evaluate(() => document.documentElement.scrollWidth)
    expect(width, 'nothing is wider than the screen').toBe(390)
  })

/** Initiatives in two browsers: what one person does, the other sees at once, without loading anything again. */
import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { act, assign, dayIn, propose } from './support/initiatives.ts'
import { expect, test, watchReloads } from './support/test.ts'

const TITLE = 'Train the night shift'

/** The state of the initiative that is open. */
const state = (page: Page, word: string) => page.getByRole('status').getByText(word, { exact: true })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

async function open(page: Page, path: string, heading = TITLE): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible()
}

/** Answers an open dialog. */
async function answer(page: Page, label: string, words: string, confirm: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(label).fill(words)
  await dialog.getByRole('button', { name: confirm }).click()
  await expect(dialog).toBeHidden()
}

test('from the proposal to its review, each sees what the other does', async ({ people, visit }) => {
  test.slow()
  const john = await visit(people.john)
  const jane = await visit(people.jane)
  await jane.goto('/initiatives?scope=team')
  await expect(jane.getByText('Your team has no initiatives yet')).toBeVisible()
  const documents = [await watchReloads(john), await watchReloads(jane)]

  await john.getByRole('link', { name: 'Initiatives' }).first().click()
  await john.getByRole('link', { name: 'New initiative' }).first().click()
  await button(john, 'Send for approval').click()
  await expect(john.getByText('Choose the day on which it is due.')).toBeVisible()
  await expect(john.getByLabel('Title')).toBeFocused()
  await john.getByLabel('Title').fill(TITLE)
  await john.getByText('High', { exact: true }).click()
  await john.getByLabel('Due').fill(dayIn(20))
  await button(john, 'Send for approval').click()
  await expect(john.getByText('Waiting on Jane')).toBeVisible()

  await jane.getByRole('link', { name: TITLE }).click()
  await button(jane, /^Approve/).click()
  await expect(state(jane, 'Assigned')).toBeVisible()

  await expect(state(john, 'Assigned')).toBeVisible()
  await button(john, /^Start/).click()
  await expect(state(jane, 'Started')).toBeVisible()

  await button(john, /^Submit report/).click()
  await john.getByLabel('Report').fill('All nine operators were trained.')
  await button(john, 'Submit for review').click()
  await expect(state(john, 'In review')).toBeVisible()

  await expect(jane.getByText('All nine operators were trained.')).toBeVisible()
  await button(jane, /^Review/).click()
  await expect(jane).toHaveURL(/\/review$/)
  await button(jane, 'Submit review').click()
  await expect(jane.getByText('Choose a score from 1 to 10.')).toBeVisible()
  await jane.getByRole('radio', { name: '9 of 10' }).check()
  await jane.getByLabel('Feedback').fill('Well prepared.')
  await button(jane, 'Submit review with 9/10').click()
  await expect(jane.getByText('You reviewed this initiative.')).toBeVisible()

  await expect(john.getByText(/Jane Smith reviewed this initiative .*: 9\/10/)).toBeVisible()
  await expect(john.getByRole('blockquote')).toHaveText('Well prepared.')
  for (const document of documents) await document.expectSame()
})

test('a report comes back for more work and is submitted again', async ({ stage, people, visit }) => {
  const id = await assign(stage.server, people.jane, people.john, TITLE)
  await act(stage.server, people.john, id, 'start')
  await act(stage.server, people.john, id, 'submit', { report: 'Done.' })
  const john = await visit(people.john)
  const jane = await visit(people.jane)
  await open(john, `/initiatives/${id}`)
  await open(jane, `/initiatives/${id}/review`)

  await button(jane, 'Return for more work…').click()
  await answer(jane, 'Feedback', 'Who was trained?', 'Return initiative')
  await expect(jane.getByText(/You returned this initiative\. It can be reviewed when/)).toBeVisible()

  await expect(state(john, 'Returned')).toBeVisible()
  await expect(john.getByRole('blockquote')).toHaveText('Who was trained?')
  await john.getByRole('link', { name: 'Submit again' }).click()
  await expect(john.getByRole('textbox', { name: 'Report' })).toHaveValue('Done.')
  await john.getByLabel('Report').fill('Done: all nine operators.')
  await button(john, 'Submit for review').click()

  await expect(jane.getByText('Done: all nine operators.')).toBeVisible()
  await expect(button(jane, 'Submit review')).toBeVisible()
})

test('a rejected proposal is edited and sent again in one go', async ({ stage, people, visit }) => {
  const id = await propose(stage.server, people.john, TITLE)
  const john = await visit(people.john)
  const jane = await visit(people.jane)
  await open(john, `/initiatives/${id}`)
  await open(jane, `/initiatives/${id}`)

  await jane.keyboard.press('r')
  await answer(jane, 'Reason', 'What does it cost?', 'Reject initiative')
  await expect(john.getByRole('blockquote')).toHaveText('What does it cost?')
  await john.getByRole('link', { name: 'Edit and send again' }).click()
  await john.getByLabel('Description').fill('It costs nothing.')
  await button(john, 'Send again').click()
  await expect(state(john, 'Awaiting')).toBeVisible()

  await expect(jane.getByText('It costs nothing.')).toBeVisible()
  await jane.keyboard.press('a')
  await expect(state(john, 'Assigned')).toBeVisible()
})

test('a group is assigned by the form, and its head alone starts it', async ({ stage, people, visit }) => {
  const ada = await stage.server.addPerson('Ada Lovelace', {
    password: 'correct horse battery',
    supervisor: people.jane,
  })
  const jane = await visit(people.jane)
  const john = await visit(people.john)
  const member = await visit(ada)
  await jane.goto('/initiatives/assign')
  await jane.getByText('A group').click()
  const group = jane.getByRole('combobox', { name: 'Group' })
  for (const name of ['John Doe', 'Ada Lovelace']) {
    await group.fill(name.slice(0, 3))
    await jane.getByRole('option', { name }).click()
  }
  // Escape closes the list and keeps who was chosen.
  await jane.keyboard.press('Escape')
  await jane.keyboard.press('Escape')
  await jane.getByRole('radio', { name: 'John Doe is the head' }).check()
  await jane.getByLabel('Title').fill(TITLE)
  await jane.getByLabel('Due').fill(dayIn(20))
  await button(jane, 'Assign initiative').click()
  await expect(jane.getByText('Waiting on John')).toBeVisible()

  await member.goto('/initiatives')
  await member.getByRole('link', { name: TITLE }).click()
  await expect(member.getByText('Waiting on John')).toBeVisible()
  await expect(button(member, /^Start/)).toHaveCount(0)
  await john.goto('/initiatives?scope=waiting')
  await john.getByRole('link', { name: TITLE }).click()
  await expect(button(john, /^Start/)).toBeVisible()
  await john.keyboard.press('s')
  await expect(state(member, 'Started')).toBeVisible()

  await button(jane, 'More actions').click()
  await jane.getByRole('menuitem', { name: 'Reassign…' }).click()
  const dialog = jane.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Ada Lovelace is the head' }).check()
  await button(jane, 'Remove John Doe').click()
  await dialog.getByRole('button', { name: 'Reassign' }).click()
  await expect(dialog).toBeHidden()
  await expect(button(member, /^Submit report/)).toBeVisible()
})

test('more time is asked for, and given until another day', async ({ stage, people, visit }) => {
  const id = await assign(stage.server, people.jane, people.john, TITLE, { due_date: dayIn(5) })
  const john = await visit(people.john)
  const jane = await visit(people.jane)
  await open(john, `/initiatives/${id}`)
  await open(jane, `/initiatives/${id}`)

  await button(john, 'More actions').click()
  await john.getByRole('menuitem', { name: 'Ask for more time…' }).click()
  await john.getByLabel('New due date').fill(dayIn(3))
  await john.getByRole('dialog').getByRole('button', { name: 'Ask for more time' }).click()
  await expect(john.getByText('Choose a day after the one on which it is due.')).toBeVisible()
  await john.getByLabel('New due date').fill(dayIn(12))
  await answer(john, 'Reason', 'The supplier is late.', 'Ask for more time')
  await expect(john.getByText(/^More time is asked for/)).toBeVisible()

  await expect(jane.getByText('“The supplier is late.”')).toBeVisible()
  await jane.keyboard.press('o')
  await answer(jane, 'New due date', dayIn(9), 'Give more time')
  await expect(john.getByText('Due in 9 days')).toBeVisible()
  await expect(john.getByText(/^More time is asked for/)).toHaveCount(0)
})

test('files are checked before they leave, sent, taken back, and downloaded', async ({
  stage,
  people,
  visit,
}) => {
  const id = await assign(stage.server, people.jane, people.john, TITLE)
  await act(stage.server, people.john, id, 'start')
  const john = await visit(people.john)
  await open(john, `/initiatives/${id}/submit`, 'Submit report')
  await expect(john.getByText(/Up to 10 files, 10 MB each/)).toBeVisible()
  const choose = john.getByLabel('Choose files')
  await choose.setInputFiles([
    { name: 'Plan.txt', mimeType: 'text/plain', buffer: Buffer.from('nine operators') },
    { name: 'Wrong.txt', mimeType: 'text/plain', buffer: Buffer.from('mistaken') },
    { name: 'Setup.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
  ])
  await expect(john.getByText('This kind of file is not taken.')).toBeVisible()
  await button(john, 'Remove Wrong.txt').click()
  await expect(john.getByText('Wrong.txt')).toHaveCount(0)
  await expect(button(john, 'Remove Plan.txt')).toBeVisible()

  // What is written and uploaded outlives a reload.
  await john.getByLabel('Report').fill('See the plan.')
  await john.reload()
  await expect(john.getByLabel('Report')).toHaveValue('See the plan.')
  await button(john, 'Submit for review').click()
  await expect(state(john, 'In review')).toBeVisible()

  const jane = await visit(people.jane)
  await open(jane, `/initiatives/${id}/review`)
  const download = jane.waitForEvent('download')
  await jane.getByRole('link', { name: 'Plan.txt' }).click()
  const file = await (await download).createReadStream()
  expect(Buffer.concat(await file.toArray()).toString()).toBe('nine operators')
})

test('the page of a review says why there is nothing to review', async ({ stage, people, visit }) => {
  const { john, jane, mary } = people
  const id = await assign(stage.server, jane, john, TITLE)
  const page = await visit(jane)
  await open(page, `/initiatives/${id}/review`)
  await expect(page.getByText('This initiative has not been submitted yet.')).toBeVisible()
  await act(stage.server, john, id, 'start')
  await expect(page.getByText(/being worked on/)).toBeVisible()
  await act(stage.server, john, id, 'submit', { report: 'Done.' })
  await expect(page.getByRole('radio', { name: '1 of 10', exact: true })).toBeVisible()

  const above = await visit(mary)
  await open(above, `/initiatives/${id}/review`)
  await expect(above.getByText('Somebody else reviews this initiative.')).toBeVisible()
  const own = await visit(john)
  await open(own, `/initiatives/${id}/review`)
  await expect(own.getByText(/You work on this initiative/)).toBeVisible()
})

test('the views are in the address; the board is walked by keys, and follows what happens', async ({
  stage,
  people,
  visit,
}) => {
  const { server } = stage
  const jane = await visit(people.jane)
  await jane.goto('/initiatives?scope=team&view=board')
  await expect(jane.getByText('Your team has no initiatives yet')).toBeVisible()
  const column = (name: RegExp) => jane.getByRole('region', { name })
  await expect(column(/^To start/)).toHaveCount(0)
  const first = await assign(server, people.jane, people.john, 'First', { due_date: dayIn(3) })
  await expect(column(/^To start 1/)).toBeVisible()
  await assign(server, people.jane, people.john, 'Second', { due_date: dayIn(40) })
  const started = await assign(server, people.jane, people.john, 'Third')
  await act(server, people.john, started, 'start')
  await jane.goto('/initiatives?scope=team')
  await expect(jane.getByRole('link', { name: /Third/ })).toBeVisible()
  await jane.keyboard.press('j')
  await expect(jane.getByRole('link', { name: /Third/ })).toBeFocused()
  await jane.keyboard.press('j')
  await expect(jane.getByRole('link', { name: /Second/ })).toBeFocused()

  await jane.getByRole('link', { name: 'Board' }).click()
  await expect(jane).toHaveURL(/scope=team&view=board/)
  await expect(column(/^To start 2/).getByRole('link')).toHaveCount(2)
  await jane.keyboard.press('j')
  await expect(jane.getByRole('link', { name: /Second/ })).toBeFocused()
  await jane.keyboard.press('ArrowDown')
  await expect(jane.getByRole('link', { name: /First/ })).toBeFocused()
  await jane.keyboard.press('ArrowRight')
  await expect(jane.getByRole('link', { name: /Third/ })).toBeFocused()
  await act(server, people.john, first, 'start')
  await expect(column(/^In progress 2/).getByRole('link', { name: /First/ })).toBeVisible()
  await expect(column(/^To start 1/).getByRole('link')).toHaveCount(1)

  await jane.getByRole('link', { name: 'Calendar' }).click()
  const month = dayIn(40).slice(0, 7)
  const later = jane.getByRole('navigation', { name: 'Month' }).getByRole('link').nth(1)
  for (let address = ''; !address.includes(`month=${month}`); ) {
    address = (await later.getAttribute('href')) ?? ''
    await later.click()
    // The next one leads further once this one is shown.
    await expect(later).not.toHaveAttribute('href', address)
  }
  await expect(jane).toHaveURL(new RegExp(`month=${month}`))
  await expect(jane.getByRole('link', { name: /Second/ })).toBeVisible()
  await jane.getByRole('link', { name: /Second/ }).click()
  await expect(jane.getByRole('heading', { name: 'Second', level: 1 })).toBeVisible()
  await jane.goBack()
  await expect(jane).toHaveURL(new RegExp(`view=calendar.*month=${month}`))
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`nothing grave on the report and its review, ${colorScheme}`, async ({ stage, people, visit }) => {
    const { server } = stage
    const { john, jane } = people
    const options = { colorScheme, reducedMotion: 'reduce' } as const
    const id = await assign(server, jane, john, TITLE, { urgency: 'HIGH' })
    await act(server, john, id, 'start')
    const own = await visit(john, options)
    await open(own, `/initiatives/${id}/submit`, 'Submit report')
    await own
      .getByLabel('Choose files')
      .setInputFiles({ name: 'Setup.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') })
    await expect(own.getByText('This kind of file is not taken.')).toBeVisible()
    await expectAccessible(own, 'the report')
    await act(server, john, id, 'submit', { report: 'Done.' })
    const page = await visit(jane, options)
    await open(page, `/initiatives/${id}/review`)
    await button(page, 'Submit review').click()
    await expect(page.getByText('Choose a score from 1 to 10.')).toBeVisible()
    await expectAccessible(page, 'a refused review')
  })

/** People in several browsers: HR keeps accounts, staff and supervisors see at once what it means for them. */
import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { createGoal } from './support/goals.ts'
import { assign, dayIn } from './support/initiatives.ts'
import { PASSWORD, type Stage } from './support/stage.ts'
import { expect, test, watchReloads } from './support/test.ts'

const addHana = ({ server }: Stage) => server.addPerson('Hana Sato', { role: 'hr', password: PASSWORD })

async function open(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('heading', { name: heading, level: 1, exact: true })).toBeVisible()
  await page.getByRole('status').filter({ hasText: 'Loading' }).waitFor({ state: 'detached' })
}

async function choose(page: Page, item: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function pick(page: Page, label: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(name)
  await page.getByRole('option', { name }).click()
}

test('HR adds somebody, who comes in by the link and is in the team at once', async ({
  stage,
  people,
  visit,
  newcomer,
}) => {
  test.slow()
  const hana = await visit(await addHana(stage))
  const jane = await visit(people.jane)
  await open(jane, '/team', 'Team')
  const janes = await watchReloads(jane)

  // Where nobody else has an account yet, home says how to begin.
  await hana.route('**/api/users?limit=1', route => route.fulfill({ json: { items: [], total: 1 } }))
  await open(hana, '/', 'Home')
  await hana.getByRole('main').getByRole('link', { name: 'add people' }).click()
  await expect(hana.getByRole('heading', { name: 'Add a person', level: 1 })).toBeVisible()
  await hana.unrouteAll()

  await open(hana, '/people', 'People')
  await hana.getByRole('link', { name: 'Add a person' }).click()
  await hana.getByRole('button', { name: 'Add person' }).click()
  await expect(hana.getByText('Please write a name.')).toBeVisible()
  await expect(hana.getByLabel('Name')).toBeFocused()
  await hana.getByLabel('Name').fill('Nina Novak')
  await hana.getByLabel('Email').fill(people.john.email)
  await hana.getByLabel('Job title').fill('Analyst')
  await pick(hana, 'Supervisor', 'Jane Smith')
  await hana.getByRole('button', { name: 'Add person' }).click()
  await expect(hana.getByRole('alert')).toContainText('There is a user with the email')
  await hana.getByLabel('Email').fill('nina@example.test')
  await hana.getByRole('button', { name: 'Add person' }).click()
  await expect(hana.getByRole('heading', { name: 'Nina Novak is added' })).toBeVisible()
  await expectAccessible(hana, 'added')
  const link = await hana.getByLabel('Link for Nina').inputValue()

  await expect(jane.getByRole('link', { name: 'Nina Novak' })).toBeVisible()
  await janes.expectSame()

  const nina = await newcomer()
  await nina.goto(link)
  await expect(nina.getByRole('heading', { name: 'Welcome, Nina' })).toBeVisible()
  await expectAccessible(nina, 'welcome')
  await nina.getByLabel('Password', { exact: true }).fill('short')
  await nina.getByRole('button', { name: 'Set password and sign in' }).click()
  await expect(nina.getByText('Please choose at least 10 characters.')).toBeVisible()
  await nina.getByLabel('Password', { exact: true }).fill('nina@example.test')
  await nina.getByRole('button', { name: 'Set password and sign in' }).click()
  await expect(nina.getByText('must not be a name or an email address')).toBeVisible()
  await nina.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await nina.getByRole('button', { name: 'Set password and sign in' }).click()
  await expect(nina.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
  await expect(nina.getByText('Hello, Nina')).toBeVisible()

  const late = await newcomer()
  await late.goto(link)
  await expect(late.getByText('This link is not good any more')).toBeVisible()
})

test('a status and a role take effect on the page that is open', async ({ stage, people, visit }) => {
  test.slow()
  const hana = await visit(await addHana(stage))
  const john = await visit(people.john)
  await open(john, '/profile', 'John Doe')
  const johns = await watchReloads(john)

  await open(hana, `/people/${people.john.id}`, 'John Doe')
  await choose(hana, /^Set on leave/)
  await hana.getByRole('dialog').getByRole('button', { name: 'Set on leave' }).click()
  await expect(hana.getByRole('status').getByText('On leave')).toBeVisible()
  await expect(john.getByRole('status').getByText('On leave')).toBeVisible()

  await choose(hana, /^Change role/)
  const dialog = hana.getByRole('dialog')
  await expect(dialog.getByRole('radio', { name: /admin/i })).toHaveCount(0)
  await dialog.getByRole('radio', { name: /^HR/ }).check()
  await dialog.getByRole('button', { name: 'Change role' }).click()
  await expect(dialog).toBeHidden()
  await expect(john.getByRole('complementary').getByText('HR', { exact: true })).toBeVisible()
  await john.getByRole('link', { name: 'People', exact: true }).first().click()
  await expect(john.getByRole('link', { name: 'Add a person' })).toBeVisible()
  await johns.expectSame()

  await choose(hana, /^Suspend/)
  await hana.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
  await expect(hana.getByRole('status').getByText('Suspended')).toBeVisible()
  await expect(john.getByRole('heading', { name: 'Sign in to PMS' })).toBeVisible()
})

test('somebody leaves, what is open in their hands goes to somebody else, and in the end they are erased', async ({
  stage,
  people,
  visit,
}) => {
  await assign(stage.server, people.mary, people.jane, 'Train the night shift')
  await createGoal(stage.server, people.jane, 'Learn to Sail')
  const hana = await visit(await addHana(stage))
  await open(hana, `/people/${people.jane.id}`, 'Jane Smith')
  await choose(hana, /^Archive/)
  const dialog = hana.getByRole('dialog')
  await expect(dialog.getByText('Open in Jane’s hands')).toBeVisible()
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Reports' })).toContainText('1')
  await dialog.getByRole('button', { name: 'Hand over and archive' }).click()
  await expect(dialog.getByText('Choose who takes over.')).toBeVisible()
  await expectAccessible(hana, 'archive dialog')
  await pick(hana, 'Who takes over?', 'Mary Okafor')
  await dialog.getByRole('button', { name: 'Hand over and archive' }).click()
  await expect(dialog).toBeHidden()
  await expect(hana.getByRole('status').getByText('Archived')).toBeVisible()

  await choose(hana, /^Erase/)
  await dialog.getByRole('button', { name: 'Erase for good' }).click()
  await expect(dialog.getByText(`Please type ${people.jane.email}.`)).toBeVisible()
  await dialog.getByLabel('Their address').fill(people.jane.email)
  await dialog.getByRole('button', { name: 'Erase for good' }).click()
  await expect(dialog).toBeHidden()
  await expect(hana.getByRole('heading', { name: 'Former colleague' })).toBeVisible()

  await open(hana, `/people/${people.john.id}`, 'John Doe')
  await expect(hana.getByRole('complementary').getByRole('link', { name: 'Mary Okafor' })).toBeVisible()
})

test('an absence is planned, seen by the team, and taken back', async ({ stage, people, visit }) => {
  const hana = await addHana(stage)
  const jane = await visit(people.jane)
  const john = await visit(people.john)
  await open(john, '/profile', 'John Doe')
  await open(jane, '/team', 'Team')

  await john.getByRole('button', { name: 'Plan an absence' }).click()
  const dialog = john.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('Choose who stands in.')).toBeVisible()
  await dialog.getByLabel('Last day').fill(dayIn(5))
  await pick(john, 'Who stands in?', 'Mary Okafor')
  await expectAccessible(john, 'absence dialog')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(john.getByRole('region', { name: 'Away' }).getByText('Now')).toBeVisible()

  const rest = await stage.server.as(hana)
  await rest.put(`/api/users/${people.john.id}/status`, { status: 'on_leave' })
  const row = jane.getByRole('main').getByRole('listitem').filter({ hasText: 'John Doe' })
  await expect(row).toContainText('Mary stands in')

  await john.getByRole('button', { name: /^Take back/ }).click()
  await dialog.getByRole('button', { name: 'Take it back' }).click()
  await expect(john.getByText('Nothing planned.')).toBeVisible()
})

test('the team page counts what is in hand and what is late', async ({ stage, people, visit }) => {
  await assign(stage.server, people.jane, people.john, 'Train the night shift')
  const jane = await visit(people.jane)
  await open(jane, '/team', 'Team')
  const row = jane.getByRole('main').getByRole('listitem').filter({ hasText: 'John Doe' })
  await expect(row).toContainText('1 initiative')
  const same = await watchReloads(jane)
  await assign(stage.server, people.jane, people.john, 'Write the manual')
  await expect(row).toContainText('2 initiatives')
  await same.expectSame()

  const john = await visit(people.john)
  await open(john, '/team', 'Team')
  await expect(john.getByText('Nobody reports to you')).toBeVisible()
})

test('units are built, filled and shown as a tree that the keyboard walks', async ({
  stage,
  people,
  visit,
}) => {
  test.slow()
  const hana = await visit(await addHana(stage))
  await open(hana, '/people/units', 'People')
  const dialog = hana.getByRole('dialog')
  const add = async (button: string, name: string) => {
    await hana.getByRole('button', { name: button, exact: true }).click()
    await dialog.getByLabel('Name').fill(name)
    await dialog.getByRole('button', { name: 'Add' }).click()
    await expect(dialog).toBeHidden()
    await expect(hana.getByRole('link', { name, exact: true })).toBeVisible()
  }
  await add('Add a unit', 'Meridian')
  await add('Add a unit below Meridian', 'Operations')
  await add('Add a unit below Operations', 'Customer care')

  await open(hana, `/people/${people.john.id}/edit`, 'Edit John Doe')
  // What is typed outlives a way elsewhere, and a reload.
  await hana.getByLabel('Job title').fill('Lead of the night shift')
  await hana.getByRole('link', { name: 'Cancel' }).focus()
  await hana.reload()
  await expect(hana.getByLabel('Job title')).toHaveValue('Lead of the night shift')
  await hana.getByLabel('Unit').selectOption({ label: '\u2003\u2003Customer care' })
  await hana.getByRole('button', { name: 'Save' }).click()
  await expect(hana.getByRole('complementary').getByRole('link', { name: 'Customer care' })).toBeVisible()
  await open(hana, `/people/${people.john.id}/edit`, 'Edit John Doe')
  await expect(hana.getByLabel('Unit').getByRole('option', { selected: true })).toHaveText(/Customer care/)

  await open(hana, '/people/units', 'People')
  // Only what is empty can go.
  await expect(hana.getByRole('button', { name: 'Delete Customer care' })).toHaveCount(0)
  await add('Add a unit below Operations', 'Night desk')
  await hana.getByRole('button', { name: 'Delete Night desk' }).click()
  await dialog.getByRole('button', { name: 'Delete unit' }).click()
  await expect(hana.getByRole('link', { name: 'Night desk' })).toHaveCount(0)

  await hana.getByRole('link', { name: 'Chart' }).click()
  const item = (name: RegExp) => hana.getByRole('treeitem', { name })
  await item(/^Meridian/).focus()
  await hana.keyboard.press('ArrowRight')
  await expect(item(/^Operations/)).toBeFocused()
  await hana.keyboard.press('ArrowLeft')
  await expect(item(/^Operations/)).toHaveAttribute('aria-expanded', 'false')
  await expect(item(/^Customer care/)).toHaveCount(0)
  await hana.keyboard.press('ArrowRight')
  await hana.keyboard.press('c')
  await expect(item(/^Customer care/)).toBeFocused()
  await hana.keyboard.press('ArrowRight')
  await expect(item(/John Doe/)).toBeFocused()
  await hana.keyboard.press('Enter')
  await expect(hana.getByRole('heading', { name: 'John Doe', level: 1 })).toBeVisible()
  // What they have in hand stands on their page the moment it is there.
  await createGoal(stage.server, people.john, 'Learn to sail')
  await expect(hana.getByRole('list', { name: 'Goals 1' }).getByRole('link')).toHaveText('Learn to sail')
  await assign(stage.server, people.jane, people.john, 'Move the mail')
  await expect(hana.getByRole('list', { name: 'Initiatives 1' })).toContainText('Move the mail')
})

test('staff find people and see no more than is theirs to do', async ({ stage, people, visit }) => {
  await addHana(stage)
  const john = await visit(people.john)
  await open(john, '/people', 'People')
  await expect(john.getByRole('link', { name: 'Add a person' })).toHaveCount(0)
  await john.getByRole('searchbox', { name: 'Search people' }).fill('smith')
  await expect(john).toHaveURL(/search=smith/)
  await expect(john.getByRole('main').getByRole('listitem')).toHaveCount(1)
  await john.getByRole('link', { name: 'Jane Smith' }).click()
  await expect(john.getByRole('heading', { name: 'Jane Smith', level: 1 })).toBeVisible()
  await expect(john.getByRole('button', { name: 'More actions' })).toHaveCount(0)
  await expect(john.getByRole('link', { name: 'Edit' })).toHaveCount(0)

  await open(john, '/profile', 'John Doe')
  await john.getByRole('button', { name: 'Change name' }).click()
  await john.getByRole('dialog').getByLabel('Name').fill('Johnny Doe')
  await john.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(john.getByRole('heading', { name: 'Johnny Doe', level: 1 })).toBeVisible()
  await expect(john.getByRole('navigation', { name: 'Main' }).getByText('Johnny Doe')).toBeVisible()
})

/** The home page: what waits on me, what I wait for and what is due, each true the moment it happens. */
import { expectAccessible } from './support/axe.ts'
import { approveGoal, createGoal } from './support/goals.ts'
import { assign, dayIn } from './support/initiatives.ts'
import { PASSWORD } from './support/stage.ts'
import { expect, type Page, test, watchReloads } from './support/test.ts'

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

async function goHome(page: Page): Promise<void> {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
}

test('whoever signs in begins at home, and finds it by a key again', async ({ people, newcomer }) => {
  const page = await newcomer()
  await page.goto('/')
  await page.getByLabel('Email').fill(people.john.email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
  await expect(part(page, 'For you to decide').getByText('Nothing waits for your decision.')).toBeVisible()
  await expect(part(page, 'Deadlines').getByText('Nothing is due in the next weeks.')).toBeVisible()
  await page.getByRole('link', { name: 'Goals', exact: true }).first().click()
  await expect(page.getByRole('heading', { name: 'Goals', level: 1 })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
})

test('everything is found by typing, from anywhere', async ({ stage, people, visit }) => {
  const goal = await createGoal(stage.server, people.john, 'Learn to sail')
  const page = await visit(people.john)
  await goHome(page)
  await page.keyboard.press('Control+k')
  const dialog = page.getByRole('dialog', { name: 'Search and commands' })
  await expect(dialog.getByRole('option', { name: 'Inbox' })).toBeVisible()
  await expect(dialog.getByRole('option', { name: 'Assign a goal' })).toHaveCount(0)
  await expectAccessible(page, 'search')
  await page.keyboard.type('nothing like this')
  await expect(dialog.getByText('Nothing matches “nothing like this”.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await page.getByRole('button', { name: 'Search and commands' }).click()
  await page.keyboard.type('sail')
  await expect(dialog.getByRole('option', { name: /^Learn to sail/ })).toHaveAttribute('data-highlighted')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/goals/${goal}`)
  await expect(page.getByRole('heading', { name: 'Learn to sail', level: 1 })).toBeFocused()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('new init')
  await expect(dialog.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'New initiative', level: 1 })).toBeVisible()
})

test('a request appears with both, and is gone with both when it is decided', async ({
  stage,
  people,
  visit,
}) => {
  const john = await visit(people.john)
  const jane = await visit(people.jane)
  await goHome(john)
  await goHome(jane)
  const documents = [await watchReloads(john), await watchReloads(jane)]

  const id = await createGoal(stage.server, people.john, 'Learn to Sail')
  const asked = part(jane, 'For you to decide').getByRole('link', { name: 'Learn to Sail' })
  await expect(asked).toBeVisible()
  await expect(part(john, 'What you wait for')).toContainText('Waiting on Jane for a moment')

  await part(john, 'What you wait for').getByRole('link', { name: 'All you sent' }).click()
  await expect(john.getByRole('link', { name: 'Sent', exact: true })).toHaveAttribute('aria-current', 'page')
  await john.goBack()
  await approveGoal(stage.server, people.jane, id)
  await expect(asked).toBeHidden()
  await expect(part(john, 'What you wait for')).toContainText('You wait for nobody.')
  for (const document of documents) await document.expectSame()
})

test('from home to a decision it is two clicks', async ({ stage, people, visit }) => {
  await createGoal(stage.server, people.john, 'Learn to Sail')
  const jane = await visit(people.jane)
  await goHome(jane)
  await part(jane, 'For you to decide').getByRole('link', { name: 'Learn to Sail' }).click()
  await jane.getByRole('button', { name: /^Approve/ }).click()
  await expect(jane.getByRole('status').getByText('Active', { exact: true })).toBeVisible()
})

test('deadlines stand by how soon they are', async ({ stage, people, visit }) => {
  const john = await visit(people.john)
  await goHome(john)
  await assign(stage.server, people.jane, people.john, 'Train the night shift', { due_date: dayIn(3) })
  await assign(stage.server, people.jane, people.john, 'Write the manual', { due_date: dayIn(20) })
  const items = part(john, 'Deadlines').getByRole('listitem')
  await expect(items).toHaveText([/Train the night shift.*due in \d days/, /Write the manual/])
  await expect(part(john, 'Deadlines').getByRole('heading', { level: 3 })).toHaveText([
    'Next 7 days',
    'Later',
  ])
  await items.first().getByRole('link').click()
  await expect(john.getByRole('heading', { name: 'Train the night shift', level: 1 })).toBeVisible()
})

test('an announcement that asks to be acknowledged stands first', async ({ stage, people, visit }) => {
  const hana = await stage.server.addPerson('Hana Sato', { role: 'hr', password: PASSWORD })
  const john = await visit(people.john)
  await goHome(john)
  const rest = await stage.server.as(hana)
  const words = { body: 'Please read.', audience: 'everyone', publish: true }
  await rest.post('/api/announcements', { ...words, title: 'Fire drill', requires_acknowledgement: true })
  await rest.post('/api/announcements', { ...words, title: 'Summer party' })
  const items = part(john, 'Announcements').getByRole('listitem')
  await expect(items).toHaveText([/Fire drill.*Acknowledge/, /Summer party/])
})

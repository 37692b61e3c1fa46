/** Coming in, staying in, going out. */
import { bell, expectUnread } from './support/bell.ts'
import { createGoal } from './support/goals.ts'
import { PASSWORD } from './support/stage.ts'
import { expect, fillIn, signIn, test } from './support/test.ts'

test('a wrong password is refused in words, and the email stays', async ({ people, newcomer }) => {
  const page = await newcomer()
  await page.goto('/sign-in')
  await fillIn(page, people.john.email, 'not his password')

  await expect(page.getByRole('alert')).toHaveText('Email or password is not right.')
  await expect(page.getByLabel('Email')).toHaveValue(people.john.email)
  await expect(page.getByLabel('Password')).toHaveValue('')
  await expect(page.getByLabel('Password')).toBeFocused()

  await fillIn(page, people.john.email, PASSWORD)
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
})

test('accounts to try are offered where there are any', async ({ stage, newcomer }) => {
  const email = 'john.doe@pms.test'
  await stage.server.addPerson('John Doe', { email, password: 'demo-password' })
  const page = await newcomer()
  await page.goto('/sign-in')
  await page.getByRole('button', { name: /^John Doe/ }).click()

  await expect(page.getByLabel('Email')).toHaveValue(email)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
})

test('no accounts are offered where there are none', async ({ people, newcomer }) => {
  const page = await newcomer()
  const known = page.waitForResponse('**/api/info')
  await page.goto('/sign-in')
  expect(await (await known).json()).toMatchObject({ demo_accounts: [] })

  await fillIn(page, people.john.email, 'wrong')
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Look around as' })).toHaveCount(0)
})

test('whoever came by a link is taken there after signing in', async ({ stage, people, newcomer }) => {
  const id = await createGoal(stage.server, people.john, 'Complete Advanced Training')
  const page = await newcomer()
  await page.goto(`/goals/${id}`)
  await expect(page.getByRole('heading', { name: 'Sign in to PMS' })).toBeVisible()

  await fillIn(page, people.jane.email, PASSWORD)
  await expect(page.getByRole('heading', { name: 'Complete Advanced Training' })).toBeVisible()
  await expect(page).toHaveURL(`/goals/${id}`)
})

test('an address of somewhere else is not followed', async ({ people, newcomer }) => {
  const page = await newcomer()
  const elsewhere = `/sign-in?to=${encodeURIComponent('https://example.org/goals')}`
  await page.goto(elsewhere)
  await fillIn(page, people.john.email, PASSWORD)
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
  await expect(page).toHaveURL('/')

  await page.goto(elsewhere)
  await expect(page).toHaveURL('/')
})

test('a reload keeps the session', async ({ stage, people, visit }) => {
  const page = await visit(people.jane)
  await createGoal(stage.server, people.john, 'Complete Advanced Training')
  await expectUnread(page, 1)

  await page.reload()
  await expectUnread(page, 1)
  await expect(page).toHaveURL('/goals')
  await page.goto('/sign-in')
  await expect(page).toHaveURL('/')
})

test('signing out ends every tab of the browser', async ({ people, visit }) => {
  const first = await visit(people.john)
  const second = await first.context().newPage()
  await second.goto('/goals/new')
  await expectUnread(second, 0)

  await first.getByRole('button', { name: /John Doe/ }).click()
  await first.getByRole('menuitem', { name: 'Sign out' }).click()

  for (const page of [first, second]) {
    await expect(page.getByRole('heading', { name: 'Sign in to PMS' })).toBeVisible()
    await expect(bell(page)).toHaveCount(0)
  }
  await second.goto('/goals')
  await expect(second).toHaveURL('/sign-in?to=%2Fgoals')
})

test('signing in in one tab brings the other in', async ({ people, newcomer }) => {
  const first = await newcomer()
  await first.goto('/sign-in')
  const second = await first.context().newPage()
  await signIn(second, people.john)
  await expectUnread(first, 0)
})

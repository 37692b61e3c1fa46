/** Everybody's own settings, and what admins keep: keys and the log. */
import { readFile } from 'node:fs/promises'
import { expectAccessible } from './support/axe.ts'
import { expectUnread } from './support/bell.ts'
import { approveGoal, createGoal } from './support/goals.ts'
import { PASSWORD } from './support/stage.ts'
import { expect, test } from './support/test.ts'

test('a muted type does not come, in any tab, until it is wanted again', async ({ stage, people, visit }) => {
  const john = await visit(people.john)
  const other = await john.context().newPage()
  await other.goto('/settings')
  await john.getByRole('button', { name: /^John Doe/ }).click()
  await john.getByRole('menuitem', { name: 'Settings' }).click()
  const inbox = john.getByRole('switch', { name: 'Goal approved: Inbox' })
  await expect(inbox).toBeChecked()
  // What asks for something has no such switch.
  await expect(john.getByRole('switch', { name: 'Goal to approve: Inbox' })).toHaveCount(0)
  await inbox.click()
  await expect(inbox).not.toBeChecked()
  await expect(other.getByRole('switch', { name: 'Goal approved: Inbox' })).not.toBeChecked()
  await expect(john.getByRole('switch', { name: 'Goal approved: Sound' })).toBeDisabled()

  await approveGoal(stage.server, people.jane, await createGoal(stage.server, people.john, 'Learn to Sail'))
  await inbox.click()
  await expect(inbox).toBeChecked()
  await approveGoal(stage.server, people.jane, await createGoal(stage.server, people.john, 'Learn to Swim'))
  await expectUnread(john, 1)
})

test('a notification says why it came, and mutes what it is about', async ({ stage, people, visit }) => {
  const john = await visit(people.john)
  const goal = await createGoal(stage.server, people.john, 'Learn to Sail')
  await approveGoal(stage.server, people.jane, goal)
  await expectUnread(john, 1)
  await john.goto('/inbox')
  await john.getByRole('main').getByText("has approved your goal 'Learn to Sail'").first().click()
  await john.getByText('Why did I get this?').click()
  await expect(john.getByText('A goal is approved. That is told to its owner.')).toBeVisible()
  await john.getByRole('button', { name: 'Mute “Goal approved”' }).click()
  await expect(john.getByText('“Goal approved” is muted.')).toBeVisible()
  // The focus goes on where the button was.
  await expect(john.getByRole('button', { name: 'Undo' })).toBeFocused()
  await john.keyboard.press('Enter')
  await expect(john.getByRole('button', { name: 'Mute “Goal approved”' })).toBeFocused()
  await john.getByRole('button', { name: 'Mute this goal' }).click()
  await expect(john.getByText('This goal is muted.')).toBeVisible()
  await expectAccessible(john, 'why it came')
  await john.getByRole('link', { name: 'All settings of notifications' }).click()
  const muted = john.getByRole('region', { name: 'Muted things' })
  await expect(muted.getByRole('listitem')).toContainText(
    "Jane Smith has approved your goal 'Learn to Sail'.",
  )
  await muted.getByRole('button', { name: /^Unmute/ }).click()
  await expect(muted).toContainText('Nothing is muted.')
})

test('signing out elsewhere puts the other browser out; a password is changed, and what is held of one taken away', async ({
  people,
  visit,
}) => {
  const here = await visit(people.john)
  const there = await visit(people.john)
  await here.goto('/settings/sessions')
  const sessions = here.getByRole('region', { name: 'Where you are signed in' }).getByRole('listitem')
  await expect(sessions).toHaveCount(2)
  await expect(sessions.first()).toContainText('This device')
  await sessions
    .nth(1)
    .getByRole('button', { name: /^Sign out/ })
    .click()
  await expect(sessions).toHaveCount(1)
  await expect(there.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()

  const download = here.waitForEvent('download')
  await here.getByRole('link', { name: 'Download my data' }).click()
  const data = JSON.parse(await readFile(await (await download).path(), 'utf8'))
  expect(data.profile).toMatchObject({ id: people.john.id, name: people.john.name })

  // A new one appears by itself.
  const again = await visit(people.john)
  await expect(sessions).toHaveCount(2)
  await here.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await here.getByRole('dialog').getByRole('button', { name: 'Sign out there' }).click()
  await expect(sessions).toHaveCount(1)
  await expect(again.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()

  await here.getByRole('button', { name: 'Change password' }).click()
  const dialog = here.getByRole('dialog')
  await dialog.getByLabel('Current password').fill('not this one')
  await dialog.getByLabel('New password').fill('short')
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await expect(dialog.getByText('Please choose at least 10 characters.')).toBeVisible()
  await dialog.getByLabel('New password').fill('another good password')
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await expect(dialog.getByText('This is not your current password')).toBeVisible()
  await expectAccessible(here, 'password dialog')
  await dialog.getByLabel('Current password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await expect(here.getByText('Your password is changed.')).toBeVisible()
})

test('an admin makes a key, sees it once, and revokes it; the log tells', async ({
  stage,
  people,
  visit,
}) => {
  const admin = await stage.server.addPerson('Ada Admin', { role: 'super_admin', password: PASSWORD })
  const ada = await visit(admin)
  await ada.getByRole('link', { name: 'API keys' }).click()
  await ada.getByRole('button', { name: 'New key' }).first().click()
  const dialog = ada.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Make key' }).click()
  await expect(dialog.getByText('Say which system uses it.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'System' }).fill('Payroll')
  await dialog.getByRole('button', { name: 'Make key' }).click()
  const key = await ada.getByRole('textbox', { name: 'API key' }).inputValue()
  expect((await stage.server.rest(key).post('/api/notifications', {})).status).toBe(422)
  await expectAccessible(ada, 'the new key')
  await ada.getByRole('button', { name: 'Done' }).click()
  expect(await ada.content()).not.toContain(key)

  const row = ada.getByRole('listitem').filter({ hasText: 'Payroll' })
  await expect(row).toContainText('Active')
  await row.getByRole('button', { name: /^Revoke/ }).click()
  await ada.getByRole('button', { name: 'Revoke key' }).click()
  await expect(row).toContainText('Revoked')
  expect((await stage.server.rest(key).post('/api/notifications', {})).status).toBe(401)

  await ada.getByRole('link', { name: 'Notification types' }).click()
  await ada.getByRole('button', { name: 'New type' }).first().click()
  await dialog.getByLabel('Name').fill('payslip_ready')
  await dialog.getByLabel('Title').fill('Payslip ready')
  await dialog.getByLabel('Message').fill('Your payslip of {day} is ready}.')
  await dialog.getByRole('button', { name: 'Register type' }).click()
  await expect(dialog.getByText('A brace is part of no')).toBeVisible()
  await dialog.getByLabel('Message').fill('Your payslip of {day} is ready.')
  await dialog.getByLabel('Kind of day').selectOption('Day')
  await expectAccessible(ada, 'a new type')
  await dialog.getByRole('button', { name: 'Register type' }).click()
  await expect(dialog).toBeHidden()
  const type = ada.getByRole('main').getByRole('listitem')
  await expect(type).toContainText('day date')
  await type.getByRole('button', { name: 'Change payslip_ready' }).click()
  await dialog.getByLabel('Message').fill('Your payslip is ready.')
  await dialog.getByRole('button', { name: 'Remove day' }).click()
  await dialog.getByRole('button', { name: 'Save type' }).click()
  await expect(dialog).toBeHidden()
  await expect(type).toContainText('Your payslip is ready.')
  await expect(type).not.toContainText('day date')

  await createGoal(stage.server, people.john, 'Learn to Sail')
  await ada.getByRole('link', { name: 'Audit log' }).click()
  const entries = ada.getByRole('main').getByRole('listitem')
  await expect(entries.filter({ hasText: 'API key revoked' })).toHaveCount(1)
  await expectAccessible(ada, 'the log')
  await ada.getByRole('button', { name: 'Kind' }).click()
  await ada.getByRole('menuitemradio', { name: 'Goals' }).click()
  await expect(entries).toHaveCount(1)
  await expect(entries).toContainText('John Doe')
  await expect(ada).toHaveURL(/action=goal/)
  await ada.getByRole('button', { name: 'Clear', exact: true }).click()
  await ada.getByRole('button', { name: 'John Doe: show only what John Doe did' }).first().click()
  await expect(entries.filter({ hasText: 'API key' })).toHaveCount(0)
})

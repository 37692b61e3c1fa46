/** The page of those who look after the installation: it moves by itself, and is nobody else's. */
import { assignGoal } from './support/goals.ts'
import { PASSWORD } from './support/stage.ts'
import { expect, test, watchReloads } from './support/test.ts'

test('an admin sees people come and work get done; staff have no such page', async ({
  stage,
  people,
  visit,
}) => {
  const ops = await stage.server.addPerson('Olu Ops', { role: 'admin', password: PASSWORD })
  const admin = await visit(ops)
  await admin.getByRole('link', { name: 'System' }).click()
  await expect(admin.getByRole('heading', { name: 'System', level: 1 })).toBeVisible()
  const reloads = await watchReloads(admin)
  const connections = admin.locator('dl > div').filter({ hasText: /^Connections/ })
  await expect(connections).toContainText('1 person')
  const verdict = admin.getByRole('main').getByRole('status')
  await expect(verdict).toContainText('jobs are late')

  const john = await visit(people.john)
  await expect(connections).toContainText('2 people')
  await expect(admin.getByRole('table', { name: 'Servers' }).getByRole('row').nth(1)).toContainText('Up')
  await stage.server.app.jobs.tick()
  await expect(verdict).toHaveText('Everything is well.')
  await admin.getByRole('link', { name: 'Last day' }).click()
  await expect(admin.getByRole('link', { name: 'Last day' })).toHaveAttribute('aria-current', 'page')
  await admin.getByText('The same as a table').click()
  await expect(
    admin
      .getByRole('table', { name: /^Numbers over time/ })
      .getByRole('row')
      .nth(1),
  ).toContainText('2')
  await reloads.expectSame()

  // Whether something arrived is asked about a person, and answered without what it says.
  await assignGoal(stage.server, people.jane, people.john, 'Learn Go')
  await admin.getByRole('link', { name: 'Notifications' }).click()
  await admin.getByRole('combobox', { name: 'Whose notifications' }).fill('John')
  await admin.getByRole('option', { name: /John/ }).click()
  const main = admin.getByRole('main')
  await expect(main).toContainText('John Doe is connected with 1 page.')
  await main.getByRole('listitem').getByRole('link', { name: 'Goal assigned' }).click()
  await expect(admin.getByRole('heading', { name: 'Goal assigned', level: 1 })).toBeFocused()
  const happened = main.getByRole('listitem')
  await expect(happened).toContainText([/^Written, because of Jane Smith/, /^Sent to Chrome/])
  await (await stage.server.as(people.john)).put('/api/notifications/mark-all-read')
  await expect(happened).toContainText([/^Written/, /^Sent/, /^Read/])
  await expect(main).not.toContainText('Learn Go')
  await reloads.expectSame()

  await expect(john.getByRole('link', { name: 'System' })).toHaveCount(0)
  await john.goto('/system')
  await expect(john.getByText('The system is looked after by admins')).toBeVisible()
})

/** What a change of an account does to pages that are open: at once, and without a reload. */
import { BETWEEN_SERVERS, expect, test, watchReloads } from './support/test.ts'

test('a new role and a first report show in the page that is open', async ({ stage, people, visit }) => {
  const admin = await stage.server.addPerson('Ada Admin', { role: 'super_admin' })
  const page = await visit(people.john)
  await page.getByRole('link', { name: 'New goal' }).first().click()
  await expect(page.getByLabel('Title')).toBeVisible()
  await expect(page.getByRole('radio', { name: /year/i })).toHaveCount(0)
  const reloads = await watchReloads(page)

  const rest = await stage.server.as(admin)
  await rest.put(`/api/users/${people.john.id}/role`, { role: 'hr' })
  await expect(page.getByRole('radio', { name: /year/i })).toBeVisible()

  // Whoever gets a team has it in the menu; and whoever is renamed reads so wherever they stand.
  const menu = page.getByRole('navigation', { name: 'Main' })
  await expect(menu.getByRole('link', { name: 'Team' })).toHaveCount(0)
  const nia = await stage.server.addPerson('Nia Obi')
  await rest.patch(`/api/users/${nia.id}`, { supervisor_id: people.john.id })
  await menu.getByRole('link', { name: 'Team' }).click()
  const row = page.getByRole('main').getByRole('listitem')
  await expect(row).toContainText('Nia Obi')
  await rest.patch(`/api/users/${nia.id}`, { name: 'Nia Eze' })
  await expect(row).toContainText('Nia Eze')
  await reloads.expectSame()
})

test('whoever is suspended is signed out where they are', { tag: BETWEEN_SERVERS }, async ({
  stage,
  people,
  visit,
}) => {
  const admin = await stage.server.addPerson('Ada Admin', { role: 'super_admin' })
  const page = await visit(people.john)
  const rest = await stage.server.as(admin)
  await rest.put(`/api/users/${people.john.id}/status`, { status: 'suspended' })
  await expect(page.getByRole('heading', { name: 'Sign in to PMS' })).toBeVisible()
})

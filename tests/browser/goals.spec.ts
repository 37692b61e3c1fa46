/** What supervisors and HR do with the goals of many: quarters that are frozen, one goal for several people. */
import { expectAccessible } from './support/axe.ts'
import { approveGoal, createGoal } from './support/goals.ts'
import { PASSWORD } from './support/stage.ts'
import { expect, test, watchReloads } from './support/test.ts'

test('HR freezes a quarter: whoever has goals of it reads why and cannot move them, until it is lifted', async ({
  stage,
  people,
  visit,
}) => {
  const goal = await createGoal(stage.server, people.john, 'Learn to sail')
  await approveGoal(stage.server, people.jane, goal)
  const john = await visit(people.john)
  await john.goto(`/goals/${goal}`)
  const update = john.getByRole('button', { name: 'Update' })
  await expect(update).toBeVisible()
  const johns = await watchReloads(john)

  const hana = await visit(await stage.server.addPerson('Hana Sato', { role: 'hr', password: PASSWORD }))
  const frozen = hana.getByRole('list', { name: 'Frozen quarters' }).getByRole('listitem')
  await hana.getByRole('button', { name: 'Freeze a quarter' }).click()
  const dialog = hana.getByRole('dialog')
  await dialog.getByRole('radio', { name: '2027' }).check()
  await dialog.getByRole('radio', { name: 'Q1' }).check()
  await dialog.getByLabel('Reason').fill('The figures are with the board.')
  await expectAccessible(hana, 'freezing a quarter')
  await dialog.getByRole('button', { name: 'Freeze Q1 2027' }).click()
  await expect(dialog).toBeHidden()
  await expect(frozen).toHaveText(/^Q1 2027 is frozen\. You froze it .*: “The figures are with the board\.”/)

  const notice = john.getByText('Q1 2027 is frozen.')
  await expect(notice).toBeVisible()
  await expect(john.getByRole('main')).toContainText('Hana Sato froze it')
  await expect(update).toBeHidden()
  await john.getByRole('link', { name: 'Goals', exact: true }).first().click()
  await expect(john.getByRole('list', { name: 'Frozen quarters' })).toContainText('with the board')
  await expect(john.getByRole('button', { name: /^(Freeze|Unfreeze)/ })).toHaveCount(0)
  await john.getByRole('link', { name: 'New goal' }).click()
  await expect(notice).toBeHidden()
  await john.getByRole('radio', { name: '2027' }).check()
  await john.getByRole('radio', { name: 'Q1' }).check()
  await expect(notice).toBeVisible()

  await hana.getByRole('button', { name: 'Unfreeze Q1 2027' }).click()
  await dialog.getByRole('button', { name: 'Unfreeze Q1 2027' }).click()
  await expect(dialog).toBeHidden()
  await expect(frozen).toHaveCount(0)
  await expect(notice).toBeHidden()
  await john.goBack()
  await john.goBack()
  await expect(update).toBeVisible()
  await johns.expectSame()
})

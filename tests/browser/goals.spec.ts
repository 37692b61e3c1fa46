/** What supervisors and HR do with the goals of many: quarters that are frozen, one goal for several people. */
import { changePerson } from '../../apps/server/src/testing/index.ts'
import { expectAccessible } from './support/axe.ts'
import { approveGoal, createGoal, YEAR } from './support/goals.ts'
import { PASSWORD } from './support/stage.ts'
import { expect, fillIn, test, watchReloads } from './support/test.ts'

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

  const keeper = await stage.server.addPerson('Hana Sato', { role: 'hr', password: PASSWORD })
  const hana = await visit(keeper)
  const frozen = hana.getByRole('list', { name: 'Frozen quarters' }).getByRole('listitem')
  await hana.getByRole('button', { name: 'Freeze a quarter' }).click()
  const dialog = hana.getByRole('dialog')
  await dialog.getByRole('radio', { name: String(YEAR) }).check()
  await dialog.getByRole('radio', { name: 'Q1' }).check()
  await dialog.getByLabel('Reason').fill('The figures are with the board.')
  await expectAccessible(hana, 'freezing a quarter')
  await dialog.getByRole('button', { name: `Freeze Q1 ${YEAR}` }).click()
  await expect(dialog).toBeHidden()
  await expect(frozen).toHaveText(
    new RegExp(`^Q1 ${YEAR} is frozen · You, .*: “The figures are with the board\\.”`),
  )

  const notice = john.getByText(`Q1 ${YEAR} is frozen`)
  await expect(notice).toBeVisible()
  await expect(john.getByRole('main')).toContainText('frozen · Hana Sato')
  await expect(update).toBeHidden()
  await john.getByRole('link', { name: 'Goals', exact: true }).first().click()
  await expect(john.getByRole('list', { name: 'Frozen quarters' })).toContainText('with the board')
  await expect(john.getByRole('button', { name: /^(Freeze|Unfreeze)/ })).toHaveCount(0)
  await john.getByRole('link', { name: 'New goal' }).click()
  await expect(notice).toBeHidden()
  await john.getByRole('radio', { name: String(YEAR) }).check()
  await john.getByRole('radio', { name: 'Q1' }).check()
  await expect(notice).toBeVisible()

  await hana.getByRole('button', { name: `Unfreeze Q1 ${YEAR}` }).click()
  await dialog.getByRole('button', { name: `Unfreeze Q1 ${YEAR}` }).click()
  await expect(dialog).toBeHidden()
  await expect(frozen).toHaveCount(0)
  await expect(notice).toBeHidden()
  await john.goBack()
  await john.goBack()
  await expect(update).toBeVisible()
  await johns.expectSame()

  // A goal of the quarter may be the whole organisation's, or a unit's.
  const rest = await stage.server.as(keeper)
  await rest.post('/api/units', { name: 'Meridian', kind: 'global', parent_id: null })
  await hana.getByRole('link', { name: 'New goal' }).first().click()
  await hana.getByRole('radio', { name: 'Quarterly' }).check()
  await hana.getByLabel('Whose goal is it?').selectOption('Meridian')
  await hana.getByLabel('Title').fill('Answer every caller')
  await hana.getByRole('button', { name: 'Create goal' }).click()
  await expect(hana.getByRole('complementary', { name: 'Facts' })).toContainText('Meridian')
})

test('one goal for several people: the form outlives its session, each gets their own, or it is said why not', async ({
  stage: { server },
  people: { jane, john },
  visit,
}) => {
  const nora = await server.addPerson('Nora Berg', { supervisor: jane })
  const page = await visit(jane)
  await page.getByRole('link', { name: 'Assign', exact: true }).click()
  for (const { name } of [john, nora]) {
    await page.getByRole('combobox', { name: 'Who is it for?' }).fill(name)
    await page.getByRole('option', { name }).click()
  }
  await page.getByLabel('Title').fill('Answer within a day')

  // Her session is ended elsewhere while she writes.
  const rest = await server.as(jane)
  await rest.delete('/api/auth/sessions')
  await expect(page.getByRole('heading', { name: 'Sign in to PMS' })).toBeVisible()
  await fillIn(page, jane.email, PASSWORD)
  await expect(page.getByLabel('Title')).toHaveValue('Answer within a day')
  await page.getByRole('link', { name: 'Home', exact: true }).first().click()
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('list', { name: /^Chosen/ }).getByRole('listitem')).toHaveCount(2)

  await changePerson(server.app, nora, { status: 'on_leave' })
  await page.getByRole('button', { name: 'Assign to 2 people' }).click()
  const shares = page.getByRole('list', { name: 'Whom it is for' }).getByRole('listitem')
  await expect(shares).toHaveText([/John Doe.*Asked/, /Nora Berg is not active.*Not assigned/])
  await expect(page.getByRole('status').getByText('1 of 2 is asked to accept it')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expectAccessible(page, 'a goal that went to several')

  await changePerson(server.app, nora, { status: 'active' })
  await page.getByRole('button', { name: 'Try again for 1' }).click()
  await expect(shares).toHaveText([/John Doe.*Asked/, /Nora Berg.*Asked/])
  await page.getByRole('link', { name: 'Done' }).click()
  await expect(page.getByRole('main').getByRole('link', { name: 'Answer within a day' })).toHaveCount(2)
})

test('the goals of the organisation as a tree: by keys and live, and it is as it was when one comes back', async ({
  stage: { server },
  people: { john },
  visit,
}) => {
  const hana = await server.as(await server.addPerson('Hana Sato', { role: 'hr' }))
  const add = async (rest: typeof hana, title: string, more: object) => {
    const body = { title, type: 'QUARTERLY', quarter: 'Q1', year: 2027, ...more }
    return (await rest.post<{ id: string }>('/api/goals', body)).body.id
  }
  const yearly = { type: 'YEARLY', quarter: null }
  const grow = await add(hana, 'Grow', yearly)
  await add(hana, 'Save', yearly)
  const serve = await add(hana, 'Serve', { parent_goal_id: grow })
  await add(await server.as(john), 'Answer calls', { type: 'INDIVIDUAL', parent_goal_id: serve })

  const page = await visit(john)
  await page.getByRole('link', { name: 'Goals', exact: true }).first().click()
  await page.getByRole('link', { name: 'Organisation', exact: true }).click()
  const lines = page.getByRole('tree', { name: 'Goals of the organisation' }).getByRole('treeitem')
  await expect(lines).toHaveText([/^Grow2027 · 1 goal in it/, /^Save/])
  const watched = await watchReloads(page)

  // What is on its way can be walked to, and the first of what comes takes its place.
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  await page.route(/\/goals\/tree\?.*parent_goal_id/, async route => {
    await held
    await route.continue()
  })
  await lines.first().focus()
  await page.keyboard.press('ArrowRight')
  await expect(lines).toHaveText([/^Grow/, 'Loading goals…', /^Save/])
  await page.keyboard.press('ArrowRight')
  await expect(lines.nth(1)).toBeFocused()
  release()
  await expect(lines).toHaveText([/^Grow/, /^ServeQ1 2027 · 1 goal in it/, /^Save/])
  await expect(lines.nth(1)).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(lines).toHaveText([/^Grow/, /^Serve/, /^Answer callsQ1 2027 · You.*Awaiting/, /^Save/])
  await expect(lines.nth(2)).toHaveAttribute('aria-level', '3')
  await page.keyboard.press('End')
  await expect(lines.last()).toBeFocused()
  await page.keyboard.press('s')
  await expect(lines.nth(1)).toBeFocused()

  // Somebody else changes the tree while it is open.
  await hana.put(`/api/goals/${grow}/progress`, { percent: 40 })
  await expect(lines.first()).toHaveText(/40%/)
  await add(hana, 'Train', { parent_goal_id: grow, quarter: 'Q2' })
  await expect(lines).toHaveText([/^Grow2027 · 2 goals in it.*40%/, /^Serve/, /^Answer/, /^Train/, /^Save/])
  await expect(lines.nth(1)).toBeFocused()
  await watched.expectSame()

  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Serve', level: 1 })).toBeVisible()
  const parts = page.getByRole('list', { name: /^Goals that serve it/ })
  await expect(parts.getByRole('link')).toHaveText(['Answer calls'])
  await page.getByRole('complementary', { name: 'Facts' }).getByRole('link', { name: 'Grow' }).click()
  await expect(parts.getByRole('link')).toHaveText(['Serve', 'Train'])
  await page.goBack()
  await page.goBack()
  await expect(lines).toHaveCount(5)

  await page.getByRole('link', { name: 'List', exact: true }).click()
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: '2027' })).toHaveCount(4)
  await page.getByRole('link', { name: 'Tree', exact: true }).click()
  await expect(lines).toHaveCount(2)
})

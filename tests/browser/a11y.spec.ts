/** Everybody can use it: what axe finds on what opens over pages, and the main walk by keyboard alone. */
import { expectAccessibleInBoth } from './support/axe.ts'
import { expectUnread, openBell } from './support/bell.ts'
import { createGoal } from './support/goals.ts'
import { PASSWORD } from './support/stage.ts'
import { expect, type Locator, type Page, test } from './support/test.ts'

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let pressed = 0; pressed < 40; pressed++) {
    if (await target.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target, 'Tab reaches it').toBeFocused()
}

test('nothing is wrong with what opens over a page, light and dark', async ({
  stage,
  people,
  newcomer,
  visit,
}) => {
  // Colours on their way would be taken for colours.
  const options = { colorScheme: 'light', reducedMotion: 'reduce' } as const
  const outside = await newcomer(options)
  await outside.goto('/sign-in')
  await outside.getByLabel('Email').fill(people.john.email)
  await outside.getByLabel('Password').fill('wrong')
  await outside.keyboard.press('Enter')
  await expect(outside.getByRole('alert')).toBeVisible()
  await expectAccessibleInBoth(outside, 'refused sign-in')

  const page = await visit(people.jane, options)
  const id = await createGoal(stage.server, people.john, 'Learn to Sail')
  const toasts = page.getByRole('region', { name: 'Notifications' })
  await expect(toasts.getByRole('listitem').first()).toBeVisible()
  await expectAccessibleInBoth(page, 'toasts')
  const panel = await openBell(page)
  await expect(panel.getByRole('listitem').first()).toBeVisible()
  await expectAccessibleInBoth(page, 'open bell')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Jane Smith' }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await expectAccessibleInBoth(page, 'menu of the person')
  await page.keyboard.press('Escape')

  await page.goto(`/goals/${id}`)
  await page.getByRole('button', { name: 'Reject' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Reject goal' }).click()
  await expect(dialog.getByText('Please give a reason.')).toBeVisible()
  await expectAccessibleInBoth(page, 'a dialog that refuses')
})

test('the keyboard is enough to sign in, read a notification and open another', async ({
  stage,
  people,
  newcomer,
}) => {
  await createGoal(stage.server, people.john, 'Learn to Sail')
  await createGoal(stage.server, people.john, 'Learn to Swim')
  const page = await newcomer()
  await page.goto('/sign-in')
  await tabTo(page, page.getByLabel('Email'))
  await page.keyboard.type(people.jane.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await expectUnread(page, 2)

  const bell = page.getByRole('button', { name: /^Notifications\b/ })
  await tabTo(page, bell)
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: 'Notifications' })
  const newest = panel.getByRole('button', { name: /Learn to Swim.* requires your approval/ })
  const older = panel.getByRole('button', { name: /Learn to Sail.* requires your approval/ })
  await expect(newest).toBeFocused()

  await page.keyboard.press('e')
  await expectUnread(page, 1)
  await page.keyboard.press('u')
  await expectUnread(page, 2)
  await page.keyboard.press('e')
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(bell).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(newest).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(older).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Learn to Sail', level: 1 })).toBeFocused()
  await expectUnread(page, 0)
  await expect(panel).toBeHidden()

  await page.keyboard.press('a')
  await expect(page.getByRole('status').getByText('Active', { exact: true })).toBeVisible()
})

test('a dialog keeps the focus and gives it back', async ({ stage, people, visit }) => {
  const id = await createGoal(stage.server, people.john, 'Learn to Sail')
  const page = await visit(people.jane)
  await page.goto(`/goals/${id}`)
  const reject = page.getByRole('button', { name: 'Reject' })
  await tabTo(page, reject)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Reason')).toBeFocused()
  for (let pressed = 0; pressed < 6; pressed++) {
    await page.keyboard.press('Tab')
    await expect(dialog.locator(':focus')).toHaveCount(1)
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(reject).toBeFocused()
})

/** A phone: 390 points wide, and fingers instead of a mouse. */
import { bell, expectUnread, toast } from './support/bell.ts'
import { createGoal } from './support/goals.ts'
import { expect, type Locator, type Page, test } from './support/test.ts'

const PHONE = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
  // What is on its way cannot be measured.
  reducedMotion: 'reduce',
} as const

/** What a finger hits without care, in points. */
const TARGET = 44

async function expectNoSideways(page: Page, what: string): Promise<void> {
  const widths = await page.evaluate(() => [window.innerWidth, document.documentElement.scrollWidth])
  expect.soft(widths, `${what} is as wide as the screen`).toEqual([390, 390])
}

/** Fails unless a finger that hits anywhere within the size of a target hits it. Places are whole points: one is forgiven. */
async function expectTarget(target: Locator, what: string): Promise<void> {
  await target.scrollIntoViewIfNeeded()
  const missed = () =>
    target.evaluate(
      (element, reach) => {
        const { left, top, width, height } = element.getBoundingClientRect()
        const [x, y] = [left + width / 2, top + height / 2]
        const sides = { left: [-reach, 0], right: [reach, 0], above: [0, -reach], below: [0, reach] }
        return Object.entries(sides)
          .filter(([, [dx = 0, dy = 0]]) => !element.contains(document.elementFromPoint(x + dx, y + dy)))
          .map(([side]) => side)
      },
      TARGET / 2 - 1,
    )
  // What has only just come takes its place a moment later.
  await expect.configure({ soft: true }).poll(missed, `${what} is large enough`).toEqual([])
}

async function expectOnScreen(part: Locator): Promise<void> {
  const edges = async () => {
    const { x, y, width, height } = (await part.boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 }
    return { isLeft: x >= 0, isRight: x + width <= 390, isAbove: y >= 0, isBelow: y + height <= 844 }
  }
  await expect.poll(edges).toEqual({ isLeft: true, isRight: true, isAbove: true, isBelow: true })
}

test('the bar at the bottom leads everywhere', async ({ stage, people, visit }) => {
  await createGoal(stage.server, people.john, 'Learn to Sail')
  const page = await visit(people.jane, PHONE)
  const bar = page.getByRole('navigation', { name: 'Main' })

  await bar.getByRole('link', { name: 'Inbox 1 unread' }).tap()
  await expect(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible()
  await expect(bar.getByRole('link', { name: 'Inbox' })).toHaveAttribute('aria-current', 'page')
  await bar.getByRole('link', { name: 'Approvals' }).tap()
  await expect(page.getByRole('link', { name: 'Learn to Sail' })).toBeVisible()
  await expect(bar.getByRole('link', { name: 'Approvals' })).toHaveAttribute('aria-current', 'page')
  await bar.getByRole('link', { name: 'Initiatives' }).tap()
  await expect(page.getByText('No initiatives yet')).toBeVisible()
  await page.getByRole('link', { name: 'New initiative' }).first().tap()
  await expect(page.getByRole('heading', { name: 'New initiative' })).toBeVisible()
  await bar.getByRole('link', { name: 'Goals' }).tap()
  await expect(page.getByText('No goals yet')).toBeVisible()
  await bar.getByRole('button', { name: 'You' }).tap()
  await page.getByRole('menuitem', { name: 'Reviews' }).tap()
  await expect(page.getByRole('heading', { name: 'Reviews', level: 1 })).toBeVisible()
  await bar.getByRole('button', { name: 'You' }).tap()
  const signOut = page.getByRole('menuitem', { name: 'Sign out' })
  await expectTarget(signOut, 'Sign out')
  await expectOnScreen(page.getByRole('menu'))
  await signOut.tap()
  await expect(page.getByRole('heading', { name: 'Sign in to PMS' })).toBeVisible()
})

test('the bell opens an inbox that fits the screen and fingers', async ({ stage, people, visit }) => {
  const page = await visit(people.jane, PHONE)
  await createGoal(stage.server, people.john, 'Learn to Swim')
  await expectUnread(page, 1)
  await expect(toast(page, 'Learn to Swim')).toBeVisible()
  await expectOnScreen(toast(page, 'Learn to Swim'))
  await expectTarget(page.getByRole('button', { name: /^Notifications\b/ }), 'the bell')

  await page.getByRole('button', { name: 'Dismiss' }).tap()
  await bell(page).tap()
  await expect(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible()
  await expectNoSideways(page, 'the inbox')
  const row = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: 'Learn to Swim' })
    .locator('[data-row]')
  await expectTarget(row, 'a notification')
  for (const name of ['All', /^Unread/, /^Needs action/])
    await expectTarget(page.getByRole('tab', { name }), `${name}`)
  for (const name of ['Select', 'Filter', 'Mark all read'])
    await expectTarget(page.getByRole('button', { name, exact: true }), name)

  // Several are ticked by taps, once a button has said so.
  await page.getByRole('button', { name: 'Select', exact: true }).tap()
  await row.tap()
  const bar = page.getByRole('toolbar', { name: '1 selected' })
  for (const name of ['Clear selection', 'Mark as read', 'Mark as unread', 'Delete'])
    await expectTarget(bar.getByRole('button', { name }), name)
  await expectOnScreen(bar)
  await expectNoSideways(page, 'a selection')
  await bar.getByRole('button', { name: 'Mark as read' }).tap()
  await expectUnread(page, 0)
  await expect(page.getByRole('toolbar')).toHaveCount(0)

  await row.tap()
  const pane = page.getByRole('article')
  await expect(pane).toContainText('Learn to Swim')
  await expectUnread(page, 0)
  await expectNoSideways(page, 'one notification')
  for (const name of ['Back to the list', 'Mark as unread', 'Delete', 'Open', 'Approve', 'Reject'])
    await expectTarget(page.getByRole('button', { name, exact: true }), name)
  await page.getByRole('button', { name: 'Open', exact: true }).tap()
  await expect(page.getByRole('heading', { name: 'Learn to Swim', level: 1 })).toBeVisible()
})

test('what matters is large enough to touch', async ({ stage, people, newcomer, visit }) => {
  const outside = await newcomer(PHONE)
  await outside.goto('/sign-in')
  await expectTarget(outside.getByLabel('Email'), 'Email')
  await expectTarget(outside.getByLabel('Password'), 'Password')
  await expectTarget(outside.getByRole('button', { name: 'Sign in', exact: true }), 'Sign in')

  await createGoal(stage.server, people.john, 'Learn to Sail')
  const page = await visit(people.jane, PHONE)
  const bar = page.getByRole('navigation', { name: 'Main' })
  for (const name of ['Inbox', 'Approvals', 'Goals', 'Initiatives'])
    await expectTarget(bar.getByRole('link', { name }), name)
  await expectTarget(bar.getByRole('button', { name: 'You' }), 'You')
  for (const name of [/^Team/, /^Organisation/, /^Waiting on me/])
    await expectTarget(
      page.getByRole('navigation', { name: 'Goal lists' }).getByRole('link', { name }),
      `${name}`,
    )

  await expectTarget(page.getByRole('link', { name: 'New goal' }).first(), 'New goal')

  await page.goto('/initiatives')
  for (const name of ['List', 'Board', 'Calendar'])
    await expectTarget(page.getByRole('navigation', { name: 'Shown as' }).getByRole('link', { name }), name)

  await bar.getByRole('link', { name: 'Approvals' }).tap()
  // The box is small, what is around it is not.
  const box = page.getByRole('checkbox', { name: 'Select Learn to Sail' })
  await expectTarget(box.locator('..'), 'a box')
  await expectTarget(page.getByRole('button', { name: 'Approve Learn to Sail' }), 'Approve in the row')
  await page.goto('/goals?scope=waiting')
  await expectTarget(page.getByRole('link', { name: 'Learn to Sail' }), 'a goal')
  await page.getByRole('link', { name: 'Learn to Sail' }).tap()
  await expectTarget(page.getByRole('button', { name: 'Approve' }), 'Approve')
  await expectTarget(page.getByRole('button', { name: 'Reject' }), 'Reject')
  await page.getByRole('button', { name: 'Reject' }).tap()
  const dialog = page.getByRole('dialog')
  await expectTarget(dialog.getByRole('button', { name: 'Reject goal' }), 'Reject goal')
  await expectTarget(dialog.getByRole('button', { name: 'Cancel' }), 'Cancel')
  await expectOnScreen(dialog)

  await page.goto('/goals/new')
  await expectTarget(page.getByLabel('Title'), 'Title')
  await expectTarget(page.getByRole('button', { name: 'Send for approval' }), 'Send for approval')
})

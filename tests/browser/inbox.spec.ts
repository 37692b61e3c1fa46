/** The page of the inbox: by keyboard alone, with what is decided in it, and by fingers. */
import { expectAccessible } from './support/axe.ts'
import { bell, expectUnread } from './support/bell.ts'
import { assignGoal, createGoal } from './support/goals.ts'
import { act, askForTime, assign, propose } from './support/initiatives.ts'
import { actCycle, addReviewers, draftReview, prepareCycle, reviewOf } from './support/reviews.ts'
import { expect, type Page, test, watchReloads } from './support/test.ts'

/** Of the list: a toast says the same. */
const row = (page: Page, text: string | RegExp) =>
  page.getByRole('main').getByRole('listitem').filter({ hasText: text })
const opener = (page: Page, text: string | RegExp) => row(page, text).locator('[data-row]')
const pane = (page: Page) => page.getByRole('article')

test('the keyboard is enough to go there, triage, decide, and go on', async ({ stage, people, visit }) => {
  for (const title of ['Learn to Sail', 'Learn to Swim', 'Learn to Dive', 'Learn to Row'])
    await createGoal(stage.server, people.john, title)
  const page = await visit(people.jane)
  await expectUnread(page, 4)
  const { expectSame } = await watchReloads(page)

  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await expect(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible()
  await expect(row(page, /Learn to/)).toHaveCount(4)
  await page.keyboard.press('j')
  await expect(opener(page, 'Learn to Row')).toBeFocused()
  await expect(pane(page)).toContainText("'Learn to Row'")
  // Looking at it is not yet having read it.
  await expectUnread(page, 4)
  await page.keyboard.press('e')
  await expectUnread(page, 3)
  await page.keyboard.press('u')
  await expectUnread(page, 4)

  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  await expect(page.getByRole('toolbar', { name: '2 selected' })).toBeVisible()
  await page.keyboard.press('#')
  await expect(row(page, /Learn to/)).toHaveCount(2)
  await expect(page.getByText('2 notifications deleted')).toBeVisible()
  await expectUnread(page, 2)
  await expect(opener(page, 'Learn to Sail')).toBeFocused()
  await page.keyboard.press('z')
  await expect(row(page, /Learn to/)).toHaveCount(4)
  await expectUnread(page, 4)

  await expect(pane(page).getByRole('button', { name: 'Approve' })).toBeVisible()
  await page.keyboard.press('a')
  await expect(pane(page).getByText('Active', { exact: true })).toBeVisible()
  await expect(row(page, 'Learn to Sail')).toContainText('Settled by you')
  await expectUnread(page, 3)
  await expect(page.getByRole('tab', { name: 'Needs action 3' })).toBeVisible()

  await page.keyboard.press('k')
  await expect(pane(page)).toContainText("'Learn to Swim'")
  await expect(pane(page).getByRole('button', { name: 'Reject' })).toBeVisible()
  await page.keyboard.press('r')
  await page.getByRole('dialog').getByLabel('Reason').fill('Say by when.')
  await page.keyboard.press('Control+Enter')
  await expect(pane(page)).toContainText('Say by when.')
  await expect(row(page, 'Learn to Swim')).toContainText('Settled by you')

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('k')
  await expect(opener(page, 'Learn to Dive')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Learn to Dive', level: 1 })).toBeVisible()
  await expectUnread(page, 1)

  // The help is there on every page, and so are the ways between them; until letters are no keys.
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(page.getByRole('heading', { name: 'Reviews', level: 1 })).toBeVisible()
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByRole('link', { name: 'Settings, Appearance' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const letters = page.getByRole('switch', { name: 'Letters and signs act as keys' })
  await letters.click()
  await expect(letters).not.toBeChecked()
  const pagesBefore = await page.evaluate(() => history.length)
  for (const key of ['g', 'g', '?']) await page.keyboard.press(key)
  await page.getByRole('link', { name: /^Inbox/ }).click()
  await expect(opener(page, 'Learn to Row')).toBeVisible()
  expect(await page.evaluate(() => history.length), 'the keys led nowhere').toBe(pagesBefore + 1)
  await opener(page, 'Learn to Row').click()
  await expect(pane(page).getByRole('button', { name: 'Approve' })).toBeVisible()
  for (const key of ['j', 'a', '#', '?']) await page.keyboard.press(key)
  await page.getByRole('button', { name: 'All keys' }).click()
  await expect(page.getByRole('dialog')).toContainText('Letters and signs are switched off as keys.')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(pane(page).getByRole('button', { name: 'Approve' })).toBeVisible()
  await expect(row(page, /Learn to/)).toHaveCount(4)
  await expectSame()
})

test('initiatives, requests for time and reviews are decided in it, and who was quicker is said', async ({
  stage: { server },
  people,
  visit,
}) => {
  const { john, jane } = people
  const { hana } = await addReviewers(server, people)
  await propose(server, john, 'Label the cables')
  const late = await assign(server, jane, john, 'Move the mail')
  await act(server, john, late, 'start')
  await askForTime(server, john, late, 40, 'The supplier is late.')
  const done = await assign(server, jane, john, 'Train the night shift')
  await act(server, john, done, 'start')
  await act(server, john, done, 'submit', { report: 'All eight are trained.' })
  const cycle = await prepareCycle(server, hana, 'Year end', new Map([[john, []]]))
  await actCycle(server, hana, cycle, 'activate')
  const page = await visit(jane)
  const { expectSame } = await watchReloads(page)
  await page.getByRole('link', { name: /^Inbox/ }).click()

  await opener(page, 'Label the cables').click()
  await pane(page).getByRole('button', { name: 'Reject' }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('Which cables?')
  await page.getByRole('dialog').getByRole('button', { name: 'Reject initiative' }).click()
  await expect(pane(page)).toContainText('You rejected this proposal')
  await expect(row(page, 'Label the cables')).toContainText('Settled by you')

  await opener(page, 'Move the mail').click()
  await expect(pane(page)).toContainText('The supplier is late.')
  await pane(page).getByRole('button', { name: 'Approve' }).click()
  await expect(pane(page)).toContainText(/You gave more time .*, until/)
  await expect(row(page, 'Move the mail')).toContainText('Settled by you')

  await opener(page, 'Train the night shift').click()
  await expect(pane(page)).toContainText('All eight are trained.')
  await pane(page).getByRole('radio', { name: '9' }).check({ force: true })
  await pane(page).getByRole('button', { name: 'Submit review with 9/10' }).click()
  await expect(pane(page)).toContainText('You reviewed this initiative')
  await expect(row(page, 'Train the night shift')).toContainText('Settled by you')

  // While Jane hears of nothing somebody else decides: her click is refused, and the page shows what happened.
  const other = await propose(server, john, 'Count the chairs')
  await opener(page, 'Count the chairs').click()
  const approve = pane(page).getByRole('button', { name: 'Approve' })
  await expect(approve).toBeVisible()
  await page.route(`**/api/initiatives/${other}/approve`, async route => {
    await act(server, jane, other, 'reject', { reason: 'We sit on the floor.' })
    await route.continue()
  })
  await approve.click()
  await expect(pane(page).getByRole('alert')).toContainText('Jane Smith')
  await expect(pane(page)).toContainText('We sit on the floor.')
  await expect(approve).toHaveCount(0)

  await opener(page, 'supervisor review of John Doe').click()
  await expect(pane(page)).toContainText('0 of 4 rated')
  await expectAccessible(page, 'a review in the inbox')
  await page.keyboard.press('w')
  await expect(page.getByRole('heading', { name: 'Supervisor review of John Doe', level: 1 })).toBeVisible()

  // Once it is whole it is submitted where it was asked for.
  await page.goBack()
  await expect(pane(page)).toContainText('0 of 4 rated')
  const rest = await server.as(jane)
  await draftReview(rest, await reviewOf(server, jane, john, cycle), [4, 4, 5, 3], 'Has grown.')
  await expect(pane(page)).toContainText('4 of 4 rated')
  await page.keyboard.press('s')
  await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click()
  await expect(pane(page)).toContainText('You submitted this review')
  await expect(row(page, 'supervisor review of John Doe')).toContainText('Settled by you')

  // Of an account it says who it is, and what comes next.
  const hr = await server.as(hana)
  await hr.post('/api/users', {
    ...{ name: 'Nina Novak', email: 'nina@example.test', job_title: 'Analyst' },
    ...{ unit_id: null, supervisor_id: jane.id, role: 'staff' },
  })
  await opener(page, 'Nina Novak has joined your team').click()
  await expect(pane(page)).toContainText('Analyst')
  await pane(page).getByRole('link', { name: 'Assign a goal' }).click()
  await expect(page.getByRole('heading', { name: 'Assign a goal', level: 1 })).toBeVisible()
  await expectSame()
})

test('tabs and filters are in the address, and the list of each is true', async ({
  stage,
  people,
  visit,
}) => {
  await createGoal(stage.server, people.john, 'Learn to Sail')
  await assignGoal(stage.server, people.mary, people.jane, 'Improve Customer Satisfaction')
  const page = await visit(people.jane)
  await page.goto('/inbox')
  await row(page, 'Learn to Sail')
    .getByRole('button', { name: /^Mark as read/ })
    .click()
  await page.getByRole('tab', { name: /^Unread/ }).click()
  await expect(page).toHaveURL(/tab=unread/)
  await expect(row(page, /./)).toHaveCount(1)
  await page.getByRole('tab', { name: /^Needs action/ }).click()
  await expect(row(page, /./)).toHaveCount(2)
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('menuitemradio', { name: 'Goal assigned' }).click()
  await expect(page).toHaveURL(/type=goal_assigned/)
  await expect(row(page, /./)).toHaveCount(1)

  // What arrives takes its place in the filtered list; what is dealt with stays until one goes away.
  await assignGoal(stage.server, people.mary, people.jane, 'Write the Handbook')
  await expect(row(page, /./)).toHaveCount(2)
  await opener(page, 'Write the Handbook').click()
  await pane(page).getByRole('button', { name: 'Accept' }).click()
  await expect(row(page, 'Write the Handbook')).toContainText('Settled by you')
  await page.reload()
  await expect(row(page, /./)).toHaveCount(1)
  await expect(pane(page)).toContainText('Write the Handbook')
  await page.getByRole('button', { name: 'Clear Type' }).click()
  await expect(row(page, /./)).toHaveCount(2)
})

test('what was settled elsewhere is settled here, while one looks at it', async ({
  stage,
  people,
  visit,
}) => {
  const id = await createGoal(stage.server, people.john, 'Learn to Sail')
  const page = await visit(people.jane)
  await page.goto('/inbox')
  await opener(page, 'Learn to Sail').click()
  await expect(pane(page).getByRole('button', { name: 'Approve' })).toBeVisible()
  await (await stage.server.as(people.jane)).put(`/api/goals/${id}/approve`)
  await expect(pane(page).getByText('Settled by you')).toBeVisible()
  await expect(pane(page).getByText('Active', { exact: true })).toBeVisible()
  await expect(pane(page).getByRole('button', { name: 'Approve' })).toHaveCount(0)
})

test('the icon of the tab has a dot while something is unread', async ({ stage, people, visit }) => {
  const page = await visit(people.jane)
  const icon = page.locator('link[rel="icon"]')
  await expect(icon).toHaveAttribute('href', '/favicon.svg')
  await createGoal(stage.server, people.john, 'Learn to Sail')
  await expect(icon).toHaveAttribute('href', '/favicon-unread.svg')
  await bell(page).click()
  await page.getByRole('button', { name: 'See all' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('button', { name: 'Mark all read' }).click()
  await expect(icon).toHaveAttribute('href', '/favicon.svg')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(icon).toHaveAttribute('href', '/favicon-unread.svg')
})

test('the desktop may be told, but nobody is asked before something has come', async ({
  stage,
  people,
  visit,
}) => {
  const page = await visit(people.jane, { permissions: [] })
  await page.evaluate(() => {
    Object.defineProperty(Notification, 'permission', { configurable: true, get: () => 'default' })
    Notification.requestPermission = async () => {
      Object.defineProperty(Notification, 'permission', { configurable: true, get: () => 'granted' })
      return 'granted'
    }
  })
  await page.getByRole('link', { name: /^Inbox/ }).click()
  const question = page.getByText('Be told on the desktop while you look elsewhere?')
  await expect(page.getByText('You’re all caught up')).toBeVisible()
  await expect(question).toHaveCount(0)
  await createGoal(stage.server, people.john, 'Learn to Sail')
  await expect(question).toBeVisible()
  await page.getByRole('button', { name: 'Turn on' }).click()
  await expect(question).toHaveCount(0)
  await page.getByRole('button', { name: 'Jane Smith' }).click()
  await expect(page.getByRole('menuitemcheckbox', { name: 'Desktop' })).toBeChecked()
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`nothing grave on it, ${colorScheme}`, async ({ stage, people, visit }) => {
    for (const title of ['Learn to Sail', 'Learn to Swim', 'Learn to Dive'])
      await createGoal(stage.server, people.john, title)
    const page = await visit(people.jane, { colorScheme, reducedMotion: 'reduce' })
    await page.goto('/inbox')
    await expect(row(page, 'Learn to Sail')).toBeVisible()
    await expectAccessible(page, 'the list')
    await opener(page, 'Learn to Dive').click()
    await expect(pane(page).getByRole('button', { name: 'Approve' })).toBeVisible()
    await pane(page).getByRole('button', { name: 'Approve' }).click()
    await expect(row(page, 'Learn to Dive')).toContainText('Settled by you')
    await expectAccessible(page, 'the reading pane')
    await page.keyboard.press('x')
    await expectAccessible(page, 'rows that are ticked')
    await page.keyboard.press('#')
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
    await expectAccessible(page, 'the undo')
    await page.getByRole('button', { name: 'Filter' }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await expectAccessible(page, 'the filters')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectAccessible(page, 'the help')
  })

test('on a phone the bell opens it, each notification is a page, and a finger marks it read', async ({
  stage,
  people,
  visit,
}) => {
  await createGoal(stage.server, people.john, 'Learn to Sail')
  await createGoal(stage.server, people.john, 'Learn to Swim')
  const page = await visit(people.jane, {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    reducedMotion: 'reduce',
  })
  await bell(page).tap()
  await expect(page).toHaveURL(/\/inbox$/)
  const width = () => page.evaluate(() => document.documentElement.scrollWidth)
  expect(await width()).toBe(390)

  await expect(opener(page, 'Learn to Swim')).toBeVisible()
  await expect(opener(page, 'Learn to Sail')).toBeVisible()
  const box = await row(page, 'Learn to Sail').boundingBox()
  if (!box) throw new Error('The row is there')
  const finger = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number) =>
    finger.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x, y: box.y + box.height / 2 }],
    })
  await touch('touchStart', 60)
  for (let x = 70; x <= 240; x += 10) await touch('touchMove', x)
  await touch('touchEnd', 240)
  await expectUnread(page, 1)
  await expect(page).toHaveURL(/\/inbox$/)

  // Chromium takes a tap right after a drag for the one that stops it.
  const opened = pane(page).getByRole('heading', { name: 'New Goal Awaiting Approval' })
  await expect(async () => {
    if (!(await opened.isVisible())) await opener(page, 'Learn to Swim').tap({ timeout: 2_000 })
    await expect(opened).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await expect(row(page, 'Learn to Sail')).toBeHidden()
  expect(await width()).toBe(390)
  await pane(page).getByRole('button', { name: 'Approve' }).tap()
  await expect(pane(page).getByText('Settled by you')).toBeVisible()
  await page.goBack()
  await expect(row(page, 'Learn to Swim')).toContainText('Settled by you')
  await expect(pane(page)).toBeHidden()
  await expectUnread(page, 0)

  // Ticking is left by the way back, and the inbox is not.
  const bar = page.getByRole('toolbar')
  await page.getByRole('button', { name: 'Select' }).tap()
  await expect(bar).toHaveAccessibleName('0 selected')
  await opener(page, 'Learn to Swim').tap()
  await expect(bar).toHaveAccessibleName('1 selected')
  await page.goBack()
  await expect(bar).toHaveCount(0)
  await page.getByRole('button', { name: 'Select' }).tap()
  await page.getByRole('button', { name: 'Clear selection' }).tap()
  await expect(bar).toHaveCount(0)
  await expect(page).toHaveURL(/\/inbox$/)
})

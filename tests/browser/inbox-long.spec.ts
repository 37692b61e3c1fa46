/** An inbox of a hundred thousand: it opens as one of ten does, and whichever way it is scrolled there are rows. */
import { approveGoal, createGoal } from './support/goals.ts'
import { fillInbox } from './support/many.ts'
import { expect, type Page, test } from './support/test.ts'

const COUNT = 100_000

/** Figures are printed; a busy machine is no failure. */
const say = (text: string) => process.stdout.write(`    ${text}\n`)

/** What is drawn in the window of the list: whether anything is blank, and how many rows are not known yet. */
const look = (page: Page) =>
  page.locator('.inbox-lines').evaluate(list => {
    const { top, bottom } = list.getBoundingClientRect()
    const rows = [...list.querySelectorAll('[role="listitem"]')]
      .map(row => ({ row, box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > top && box.top < bottom)
      .sort((a, b) => a.box.top - b.box.top)
    let covered = top
    let gaps = 0
    for (const { box } of rows) {
      if (box.top > covered + 1) gaps += 1
      covered = box.bottom
    }
    if (covered < bottom - 1 && list.scrollTop + list.clientHeight < list.scrollHeight - 1) gaps += 1
    const unknown = rows.filter(({ row }) => !row.querySelector('[data-row]')).length
    return { rows: rows.length, gaps, unknown }
  })

test('a hundred thousand notifications', async ({ stage, people, visit }) => {
  test.slow()
  const goals = [
    await createGoal(stage.server, people.john, 'Learn to Sail'),
    await createGoal(stage.server, people.john, 'Learn to Swim'),
  ]
  fillInbox(stage.server.dataDir, people.john, COUNT)
  const page = await visit(people.john)

  const before = Date.now()
  await page.getByRole('link', { name: /^Inbox/ }).click()
  await expect(page.locator('[data-row]').first()).toBeVisible()
  const opened = Date.now() - before
  const again = Date.now()
  await page.reload()
  await expect(page.locator('[data-row]').first()).toBeVisible()
  say(`opened in ${opened} ms; from a reload in ${Date.now() - again} ms`)

  const list = page.locator('.inbox-lines')
  await list.hover()
  let unknown = 0
  for (let turn = 0; turn < 60; turn += 1) {
    await page.mouse.wheel(0, 700)
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(resolve)))
    const seen = await look(page)
    expect(seen.gaps).toBe(0)
    unknown += seen.unknown
  }
  say(`${unknown} rows not known yet in 60 turns of the wheel`)
  await expect.poll(async () => (await look(page)).unknown).toBe(0)

  for (const part of [0.5, 0.93, 0.2, 1]) {
    const jumped = Date.now()
    await list.evaluate((element, to) => element.scrollTo(0, element.scrollHeight * to), part)
    await expect.poll(async () => (await look(page)).rows).toBeGreaterThan(5)
    await expect.poll(async () => (await look(page)).unknown, { intervals: [10] }).toBe(0)
    say(`jump to ${part * 100} %: ${Date.now() - jumped} ms`)
    expect((await look(page)).gaps).toBe(0)
  }
  await expect(page.locator('[data-row]').last()).toContainText("'Number 1'")
  await expect(page.getByRole('main').getByRole('listitem').last()).toHaveAttribute(
    'aria-posinset',
    String(COUNT),
  )

  // What arrives meanwhile moves nothing that one reads.
  await list.evaluate(element => element.scrollTo(0, element.scrollHeight * 0.4))
  await expect.poll(async () => (await look(page)).unknown).toBe(0)
  const [id, top] = await list.evaluate(element => {
    const { top } = element.getBoundingClientRect()
    const rows = [...element.querySelectorAll<HTMLElement>('[data-row]')]
    const row = rows.find(each => each.getBoundingClientRect().top > top + 100)
    return [row?.dataset.row ?? '', row?.getBoundingClientRect().top ?? 0] as const
  })
  for (const goal of goals) await approveGoal(stage.server, people.jane, goal)
  await expect(page.getByRole('main').getByRole('listitem').last()).toHaveAttribute(
    'aria-setsize',
    String(COUNT + 2),
  )
  const place = () => page.locator(`[data-row="${id}"]`).evaluate(row => row.getBoundingClientRect().top)
  expect(Math.abs((await place()) - top)).toBeLessThan(2)

  await list.evaluate(element => element.scrollTo(0, 0))
  await expect(page.locator('[data-row]').first()).toContainText('Learn to Swim')
})

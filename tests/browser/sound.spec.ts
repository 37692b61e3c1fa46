/** What is pressing is heard, unless a person has switched that off. */
import type { Page } from '@playwright/test'
import { expectUnread, openBell, toast } from './support/bell.ts'
import { assignGoal, createGoal } from './support/goals.ts'
import { expect, signIn, test } from './support/test.ts'

/** Counts the tones that pages of this browser start; a chime is two of them. */
async function countTones(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const counter = Object.assign(window, { tones: 0 })
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (when) {
      counter.tones += 1
      start.call(this, when)
    }
  })
  return () => page.evaluate(() => (window as unknown as { tones: number }).tones)
}

test('a request is heard', async ({ stage, people, newcomer }) => {
  const page = await newcomer()
  const tones = await countTones(page)
  await signIn(page, people.jane)
  await createGoal(stage.server, people.john, 'Learn to Sail')
  await expect.poll(tones).toBe(2)
})

test('good news is not heard', async ({ stage, people, newcomer }) => {
  const page = await newcomer()
  const tones = await countTones(page)
  await signIn(page, people.jane)
  const id = await assignGoal(stage.server, people.jane, people.john, 'Learn to Sail')
  await (await stage.server.as(people.john)).put(`/api/goals/${id}/accept`)
  await expect(toast(page, "John Doe has accepted the goal 'Learn to Sail'.")).toBeVisible()

  // Sounds come in the order of what causes them: when the next is there, this one would have been.
  await createGoal(stage.server, people.john, 'Learn to Swim')
  await expect.poll(tones).toBe(2)
})

test('what is muted stays muted after a reload, until it is heard again', async ({
  stage,
  people,
  newcomer,
}) => {
  const page = await newcomer()
  const tones = await countTones(page)
  await signIn(page, people.jane)
  await (await openBell(page)).getByRole('button', { name: 'Mute sounds' }).click()
  await page.reload()
  await expectUnread(page, 0)

  await createGoal(stage.server, people.john, 'Learn to Sail')
  await expect(toast(page, 'Learn to Sail')).toBeVisible()
  const panel = await openBell(page)
  await panel.getByRole('button', { name: 'Unmute sounds' }).click()
  // The click is heard itself; a sound before it would make it four.
  await expect.poll(tones).toBe(2)
  await expect(panel.getByRole('button', { name: 'Mute sounds' })).toBeVisible()
})

test('the switch of one tab is that of all', async ({ people, visit }) => {
  const first = await visit(people.jane)
  const second = await first.context().newPage()
  await second.goto('/goals')
  const panel = await openBell(second)
  await (await openBell(first)).getByRole('button', { name: 'Mute sounds' }).click()
  await expect(panel.getByRole('button', { name: 'Unmute sounds' })).toBeVisible()
  await second.keyboard.press('Escape')
  await second.getByRole('button', { name: 'Jane Smith' }).click()
  await expect(second.getByRole('menuitemcheckbox', { name: 'Sound' })).not.toBeChecked()
})

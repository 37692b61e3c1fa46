/** Reviews in several browsers: HR begins a cycle, people write, and each sees what the others do without a reload. */
import type { Page } from '@playwright/test'
import type { Person } from '../../apps/server/src/testing/index.ts'
import { expectUnread } from './support/bell.ts'
import { approveGoal, createGoal } from './support/goals.ts'
import { dayIn } from './support/initiatives.ts'
import { actCycle, addReviewers, prepareCycle, reviewOf, writeReview } from './support/reviews.ts'
import { PASSWORD } from './support/stage.ts'
import { test as base, expect, watchReloads } from './support/test.ts'

type Visit = (person: Person, path: string, options?: Parameters<typeof openBrowser>[1]) => Promise<Page>
type Newcomer = (options?: object) => Promise<Page>

/** Each comes to the page that the test is about, signed in already. */
const test = base.extend<{ come: Visit }>({
  come: async ({ newcomer }, use) => {
    await use(async (person, path, options) => {
      const page = await openBrowser(newcomer, options)
      const data = { email: person.email, password: PASSWORD }
      expect((await page.request.post('/api/auth/login', { data })).ok()).toBe(true)
      await page.goto(path)
      await expect(page.getByRole('button', { name: /^Notifications\b.*\. Live$/ })).toBeVisible()
      return page
    })
  },
})
const openBrowser = (newcomer: Newcomer, options: object = {}) => newcomer(options)

const state = (page: Page, word: string) => page.getByRole('status').getByText(word, { exact: true })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const rating = (page: Page, question: string, name: RegExp) =>
  page.getByRole('radiogroup', { name: question }).getByRole('radio', { name })
const comment = (page: Page, question: string) => page.getByLabel(`Comment: ${question}`)
const saved = (page: Page) => page.getByText('Saved', { exact: true })

/** Chooses somebody in an open list of people. */
async function choose(page: Page, label: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(name.slice(0, 4))
  await page.getByRole('option', { name }).click()
}

test('HR prepares and activates a cycle, reviewers hear of it, and the funnel follows what they submit', async ({
  stage: { server },
  people,
  come,
}) => {
  test.slow()
  const { hana, paul } = await addReviewers(server, people)
  const hr = await come(hana, '/reviews/cycles')
  const jane = await come(people.jane, '/reviews')
  await expect(jane.getByText('Nothing to write')).toBeVisible()
  const documents = [await watchReloads(hr), await watchReloads(jane)]

  await hr.getByRole('link', { name: 'New cycle' }).click()
  await button(hr, 'Create draft').click()
  await expect(hr.getByText('Give the cycle a name.')).toBeVisible()
  await expect(hr.getByLabel('Name')).toBeFocused()
  await hr.getByLabel('Name').fill('Spring review')
  await hr.getByLabel('Period begins').fill(dayIn(-150))
  await hr.getByLabel('Period ends').fill(dayIn(5))
  await hr.getByLabel('Reviews are due').fill(dayIn(12))
  await hr.getByText('Chosen people').click()
  await choose(hr, 'People', 'John Doe')
  await hr.keyboard.press('Escape')
  await button(hr, 'Remove Growth').click()
  await button(hr, 'Create draft').click()
  await expect(hr.getByRole('heading', { name: 'Spring review', level: 1 })).toBeVisible()
  await expect(state(hr, 'Draft')).toBeVisible()

  await button(hr, 'Choose peers of John Doe').click()
  await choose(hr, 'Peers', paul.name)
  await button(hr, 'Save peers').click()
  await expect(hr.getByText('Peers: Paul Mensah').first()).toBeAttached()
  await button(hr, 'Activate…').click()
  await hr.getByRole('dialog').getByRole('button', { name: 'Activate' }).click()
  await expect(state(hr, 'Active')).toBeVisible()
  await expect(hr.getByText('0 of 3 reviews submitted')).toBeVisible()

  await expectUnread(jane, 1)
  await jane.getByRole('link', { name: 'Supervisor review of John Doe' }).click()
  await expect(jane.getByRole('radiogroup')).toHaveCount(4)
  for (const question of await jane.getByRole('radiogroup').all())
    await question.getByRole('radio', { name: /^4/ }).click()
  await button(jane, 'Submit review').click()
  await jane.getByRole('dialog').getByRole('button', { name: 'Submit' }).click()
  await expect(state(jane, 'Done')).toBeVisible()

  await expect(hr.getByText('1 of 3 reviews submitted')).toBeVisible()
  await hr.getByRole('link', { name: 'Reviews', exact: true }).last().click()
  await button(hr, 'Actions on the supervisor review of John Doe').click()
  await hr.getByRole('menuitem', { name: 'Reopen…' }).click()
  await button(hr, 'Reopen review').click()
  await expect(button(jane, 'Submit review')).toBeVisible()

  await button(hr, 'Actions on the peer review of John Doe').click()
  await hr.getByRole('menuitem', { name: 'Reassign…' }).click()
  await button(hr, 'Reassign').click()
  await expect(hr.getByText('Choose who is to write it.')).toBeVisible()
  await choose(hr, 'Who is to write it?', 'Lena Brandt')
  await hr.getByRole('dialog').getByRole('button', { name: 'Reassign' }).click()
  await expect(hr.getByRole('dialog')).toBeHidden()
  await expect(hr.getByText('Lena Brandt').first()).toBeAttached()

  await button(hr, 'More actions').click()
  await hr.getByRole('menuitem', { name: 'Cancel this cycle…' }).click()
  await hr.getByLabel('Reason').fill('We begin again in summer.')
  await button(hr, 'Cancel cycle').click()
  await expect(state(hr, 'Cancelled')).toBeVisible()
  await expect(hr.getByText('We begin again in summer.')).toBeVisible()
  await expect(state(jane, 'Closed')).toBeVisible()
  for (const document of documents) await document.expectSame()
})

test('a review is saved as one types, beside the work it is about, and submitted when it is whole', async ({
  stage: { server },
  people,
  come,
}) => {
  test.slow()
  const { jane, john } = people
  const { hana } = await addReviewers(server, people)
  await approveGoal(server, jane, await createGoal(server, john, 'Learn to sail'))
  const cycle = await prepareCycle(server, hana, 'Spring review', new Map([[john, []]]))
  await actCycle(server, hana, cycle, 'activate')
  const id = await reviewOf(server, jane, john, cycle)
  const page = await come(jane, `/reviews/${id}`)
  const reviewee = await come(john, `/reviews/${id}`)
  await expect(reviewee.getByText('It is to be written by Jane Smith.')).toBeVisible()

  const work = page.getByRole('complementary', { name: 'Their work' })
  await work.getByText('Outside this period').filter({ visible: true }).click()
  await work.getByText('Learn to sail').filter({ visible: true }).click()
  await expect(page.getByRole('link', { name: 'Open goal' })).toBeVisible()

  // By the keyboard alone: a number rates, arrows change it.
  await rating(page, 'Shares what they know', /^1/).focus()
  await page.keyboard.press('4')
  await expect(rating(page, 'Shares what they know', /^4/)).toBeChecked()
  await page.keyboard.press('ArrowRight')
  await expect(rating(page, 'Shares what they know', /^5/)).toBeChecked()
  await comment(page, 'Shares what they know').fill('Wrote the handbook that everybody uses.')
  await expect(saved(page)).toBeVisible()
  await expect(state(page, 'Started')).toBeVisible()
  await expect(page.getByText('1 of 4 rated')).toBeVisible()

  // What was typed a moment before the page is loaded again is not lost.
  await comment(page, 'Helps others').fill('Stays until the last question is answered.')
  await page.reload()
  await expect(comment(page, 'Helps others')).toHaveValue('Stays until the last question is answered.')
  await expect(comment(page, 'Shares what they know')).toHaveValue('Wrote the handbook that everybody uses.')
  await expect(rating(page, 'Shares what they know', /^5/)).toBeChecked()
  await expect(saved(page)).toBeVisible()

  await button(page, 'Submit review').click()
  await expect(page.getByText('2 questions need a rating:')).toBeVisible()
  await expect(rating(page, 'Helps others', /^1/)).toBeFocused()
  await page.keyboard.press('3')
  await button(page, 'Keeps their word').click()
  await page.keyboard.press('2')
  await expect(page.getByText('need a rating')).toBeHidden()
  await button(page, 'Submit review').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click()
  await expect(state(page, 'Done')).toBeVisible()
  await expect(page.getByRole('radio')).toHaveCount(0)

  await expect(state(reviewee, 'Done')).toBeVisible()
  await expect(reviewee.getByText('Wrote the handbook that everybody uses.')).toBeVisible()
})

test('two tabs that write the same review: the later one is told, and chooses', async ({
  stage: { server },
  people,
  come,
}) => {
  const { jane, john } = people
  const { hana } = await addReviewers(server, people)
  const cycle = await prepareCycle(server, hana, 'Spring review', new Map([[john, []]]))
  await actCycle(server, hana, cycle, 'activate')
  const id = await reviewOf(server, jane, john, cycle)
  const here = await come(jane, `/reviews/${id}`)
  const there = await come(jane, `/reviews/${id}`)

  await comment(there, 'Helps others').fill('Said there.')
  await expect(saved(there)).toBeVisible()
  await expect(comment(here, 'Helps others')).toHaveValue('Said there.')

  // Here nothing arrives for a while, and nothing leaves.
  await here.route(`**/api/reviews/${id}*`, route => route.abort())
  await here.route(`**/api/reviews/${id}/answers`, route => route.abort())
  await comment(here, 'Keeps their word').fill('Said here.')
  await expect(here.getByText('Not saved yet')).toBeVisible()
  await comment(there, 'Helps others').fill('Said there, and more.')
  await expect(saved(there)).toBeVisible()
  await here.unrouteAll()
  await expect(here.getByText('changed in another tab')).toBeVisible()
  await button(here, 'Keep what I typed here').click()
  await expect(saved(here)).toBeVisible()
  await expect(comment(here, 'Helps others')).toHaveValue('Said there, and more.')
  await expect(comment(there, 'Keeps their word')).toHaveValue('Said here.')
})

test('results open when the cycle is completed, and say nothing that one peer said alone', async ({
  stage: { server },
  people,
  come,
}) => {
  test.slow()
  const { jane, john } = people
  const { hana, paul, lena } = await addReviewers(server, people)
  const cycle = await prepareCycle(server, hana, 'Spring review', new Map([[john, [paul, lena]]]))
  await actCycle(server, hana, cycle, 'activate')
  await writeReview(server, john, john, cycle, [4, 4, 4], 'I wrote a handbook.')
  await writeReview(server, jane, john, cycle, [3, 3, 2], 'Could be earlier.')
  await writeReview(server, paul, john, cycle, [5, 5, 5], 'Always has time.')
  const path = `/reviews/cycles/${cycle}/results/${john.id}`
  const own = await come(john, path)
  const above = await come(jane, path)
  await expect(own.getByText('Your results are not open yet')).toBeVisible()
  await expect(above.getByText('1 peer has submitted a review.')).toBeVisible()
  await expect(above.getByText('Always has time.')).toBeVisible()

  await actCycle(server, hana, cycle, 'complete')
  await expect(own.getByRole('heading', { name: 'Your results', level: 1 })).toBeVisible()
  await expect(own.getByText('Not enough peers')).toBeVisible()
  await expect(own.getByText('Always has time.')).toHaveCount(0)
  const row = own.getByRole('row', { name: /^Teamwork/ })
  // Self 4 by 0.2 and supervisor 3 by 0.5: what is missing of peers is shared by them.
  await expect(row.getByRole('cell')).toHaveText([/4\.00$/, /3\.00$/, /none$/, /3\.29$/])
})

/** The guide's own client code, on a page of its own beside ours: it works as it stands. */
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { Person } from '../../apps/server/src/testing/index.ts'
import { expectUnread, toast as ourToast } from './support/bell.ts'
import { createGoal } from './support/goals.ts'
import type { Stage } from './support/stage.ts'
import { expect, test } from './support/test.ts'

const HTML = readFileSync(new URL('guide-page.html', import.meta.url), 'utf8')

const badge = (page: Page) => page.getByRole('button', { name: /^Bell/ })
const listed = (page: Page) => page.getByRole('list', { name: 'Notifications' }).getByRole('listitem')
const toasts = (page: Page) => page.getByRole('list', { name: 'Toasts' }).getByRole('listitem')
const connection = (page: Page) => page.getByRole('status', { name: 'Connection' })

/** Opens the page of the guide beside one where this person is signed in: the cookies of the sign-in are there. */
async function openGuidePage(signedIn: Page, stage: Stage, person: Person, origin = ''): Promise<Page> {
  const page = await signedIn.context().newPage()
  const token = await stage.server.tokenOf(person)
  await page.addInitScript(value => localStorage.setItem('token', value), token)
  await page.route('**/guide*', route => route.fulfill({ contentType: 'text/html', body: HTML }))
  // The browser does not know that a page answered by the test comes from this machine too.
  await page.context().grantPermissions(['local-network-access'])
  await page.clock.install()
  await page.goto(origin ? `${origin}/guide?server=${new URL(stage.url).host}` : '/guide')
  return page
}

/** Why the server ends a socket that a page opens with a good token. */
async function closeCodeOf(page: Page, stage: Stage, person: Person): Promise<number> {
  const address = `${stage.url.replace('http', 'ws')}/api/notifications/ws`
  const token = await stage.server.tokenOf(person)
  return page.evaluate(
    url =>
      new Promise<number>(resolve =>
        new WebSocket(url).addEventListener('close', ({ code }) => resolve(code)),
      ),
    `${address}?token=${token}`,
  )
}

test('its bell fetches without a header, and new ones ring', async ({ stage, people, visit }) => {
  const ours = await visit(people.jane)
  await createGoal(stage.server, people.john, 'Learn to Sail')
  const page = await openGuidePage(ours, stage, people.jane)

  await expect(badge(page)).toHaveText('Bell 1')
  await expect(listed(page)).toHaveText([
    /^John Doe: John Doe has created a new goal 'Learn to Sail' that requires your approval\./,
  ])
  await expect(connection(page)).toHaveText(`Connection established: ${people.jane.id}`)

  const id = await createGoal(stage.server, people.john, 'Learn to Swim')
  await expect(badge(page)).toHaveText('Bell 2')
  await expect(listed(page)).toHaveText([/Learn to Swim/, /Learn to Sail/])
  await expect(toasts(page)).toHaveText([/^high · New Goal Awaiting Approval · John Doe has created/])
  await expect(page.getByRole('note', { name: 'Sounds' })).toHaveText('1')
  await toasts(page).click()
  await expect(page).toHaveURL(`/guide#/goals/${id}`)
})

test('what it marks read, by socket or by REST, is read in our tab', async ({ stage, people, visit }) => {
  const ours = await visit(people.jane)
  const page = await openGuidePage(ours, stage, people.jane)
  await expect(connection(page)).toHaveText(`Connection established: ${people.jane.id}`)
  await createGoal(stage.server, people.john, 'Learn to Sail')
  await createGoal(stage.server, people.john, 'Learn to Swim')
  await expectUnread(ours, 2)

  await listed(page).filter({ hasText: 'Sail' }).getByRole('button', { name: 'Read by socket' }).click()
  await expect(listed(page)).toHaveText([/Learn to Swim/])
  await expectUnread(ours, 1)

  const answered = page.waitForResponse('**/read')
  await listed(page).filter({ hasText: 'Swim' }).getByRole('button', { name: 'Read by REST' }).click()
  const answer = await answered
  expect(answer.status()).toBe(200)
  expect(await answer.request().headerValue('content-type')).toBe('application/json')
  expect(answer.request().postData()).toBeNull()
  await expect(listed(page)).toHaveCount(0)
  await expectUnread(ours, 0)
})

test('what is read or decided in our tab goes from its list', async ({ stage, people, visit }) => {
  const ours = await visit(people.jane)
  const page = await openGuidePage(ours, stage, people.jane)
  await expect(connection(page)).toHaveText(`Connection established: ${people.jane.id}`)
  await createGoal(stage.server, people.john, 'Learn to Sail')
  await expect(listed(page)).toHaveCount(1)

  await ourToast(ours, 'Learn to Sail').click()
  await expect(listed(page)).toHaveCount(0)
})

test('it comes back by itself after a restart', async ({ stage, people, visit }) => {
  const ours = await visit(people.jane)
  const page = await openGuidePage(ours, stage, people.jane)
  await expect(connection(page)).toHaveText(`Connection established: ${people.jane.id}`)

  await stage.stop()
  await expect(connection(page)).toHaveText('Disconnected from notification service')
  await stage.start()
  await page.clock.fastForward(5_000)
  await expect(connection(page)).toHaveText(`Connection established: ${people.jane.id}`)
  await createGoal(stage.server, people.john, 'Learn to Sail')
  await expect(listed(page)).toHaveText([/Learn to Sail/])
})

test.describe('the one thing that does not work', () => {
  test.use({ expectedErrors: [/^SyntaxError: Unexpected token 'p', "pong" is not valid JSON/] })

  test('the answer to its ping is no JSON: its own handler throws, and nothing else', async ({
    stage,
    people,
    visit,
  }) => {
    const ours = await visit(people.jane)
    const page = await openGuidePage(ours, stage, people.jane)
    await expect(connection(page)).toHaveText(`Connection established: ${people.jane.id}`)

    const thrown = page.waitForEvent('pageerror')
    await page.clock.fastForward(30_000)
    expect((await thrown).name).toBe('SyntaxError')

    await createGoal(stage.server, people.john, 'Learn to Sail')
    await expect(listed(page)).toHaveText([/Learn to Sail/])
    await expect(connection(page)).toHaveText(`Connection established: ${people.jane.id}`)
  })
})

test.describe('on a page of another origin', () => {
  const allowed = 'http://localhost:3000'
  test.use({ environment: { CORS_ALLOWED_ORIGINS: `http://localhost:3002,${allowed}` } })

  test('that the installation names, it connects', async ({ stage, people, visit }) => {
    const page = await openGuidePage(await visit(people.jane), stage, people.jane, allowed)
    await expect(connection(page)).toHaveText(`Connection established: ${people.jane.id}`)
    await createGoal(stage.server, people.john, 'Learn to Sail')
    await expect(listed(page)).toHaveText([/Learn to Sail/])
  })

  test('that nobody named, it does not', async ({ stage, people, visit }) => {
    const page = await openGuidePage(await visit(people.jane), stage, people.jane, 'http://localhost:3001')
    await expect(connection(page)).toHaveText('Disconnected from notification service')
    expect(await closeCodeOf(page, stage, people.jane)).toBe(4403)
  })
})

/** The examples of other domains, as their READMEs start them: the packages alone, in a real browser. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { expectUnread, openBell, rows, toast } from './support/bell.ts'

/** Starts an example. @returns where it is, and how it is stopped */
async function start(name: string) {
  const folder = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))
  const env = { ...process.env, PORT: '0' }
  const server: ChildProcess = spawn(process.execPath, ['server.ts'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = server.stdout ? await once(server.stdout, 'data') : []
  return {
    url: new URL(String(said).trim()).origin,
    async [Symbol.asyncDispose]() {
      const gone = once(server, 'exit')
      server.kill()
      await gone
    },
  }
}

test('the bell rings when the server raises something, and what is read stays read', async ({ browser }) => {
  await using desk = await start('ticket-desk')
  const thrown: Error[] = []
  const visit = async (name: string) => {
    const page = await browser.newPage()
    page.on('pageerror', error => thrown.push(error))
    await page.goto(`${desk.url}/?as=${name}`)
    await expectUnread(page, 0)
    return page
  }
  const ann = await visit('ann')
  const bob = await visit('bob')

  await bob.getByLabel('Subject').fill('Printer on fire')
  await bob.getByLabel('For').fill('ann')
  await bob.getByRole('button', { name: 'Assign' }).click()
  await expectUnread(ann, 1)
  const sentence = "bob has given you 'Printer on fire'."
  await expect(toast(ann, sentence)).toBeVisible()
  await expectUnread(bob, 0)

  const panel = await openBell(ann)
  await rows(panel, sentence).getByRole('button', { name: sentence }).click()
  await expect(ann).toHaveURL(/#[0-9a-f-]{36}$/)
  await expectUnread(ann, 0)
  await ann.reload()
  await expectUnread(ann, 0)
  await expect(rows(await openBell(ann), sentence)).toBeVisible()
  expect(thrown).toEqual([])
})

test('a page without a framework shows what waits, and on all pages of its owner when it is done', async ({
  browser,
}) => {
  await using counter = await start('parcel-counter')
  const visit = async (name: string) => {
    const page = await browser.newPage()
    await page.goto(`${counter.url}/?as=${name}`)
    await expect(page.getByText('to be fetched, live')).toBeVisible()
    return page
  }
  const pages = [await visit('ann'), await visit('ann')] as const
  const bob = await visit('bob')
  await bob.getByLabel('For').fill('ann')
  await bob.getByLabel('From').fill('Dan')
  await bob.getByRole('button', { name: 'Take in' }).click()
  for (const page of pages) {
    await expect(page.getByRole('status')).toHaveText('1')
    await expect(page.getByRole('listitem')).toContainText('A parcel from Dan is at the counter.')
    await expect(page).toHaveTitle('A parcel for you')
  }
  await pages[0].getByRole('button', { name: 'I have it' }).click()
  for (const page of pages) await expect(page.getByRole('status')).toHaveText('0')
  await expect(bob.getByRole('status')).toHaveText('0')
})

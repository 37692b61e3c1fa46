/** The example of another domain, as its README starts it: the packages alone, in a real browser. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { expectUnread, openBell, rows, toast } from './support/bell.ts'

const folder = fileURLToPath(new URL('../../examples/ticket-desk', import.meta.url))
let server: ChildProcess
let url: string

test.beforeAll(async () => {
  const env = { ...process.env, PORT: '0' }
  server = spawn(process.execPath, ['server.ts'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = server.stdout ? await once(server.stdout, 'data') : []
  url = new URL(String(said).trim()).origin
})
test.afterAll(async () => {
  const gone = once(server, 'exit')
  server.kill()
  await gone
})

test('the bell rings when the server raises something, and what is read stays read', async ({ browser }) => {
  const thrown: Error[] = []
  const visit = async (name: string) => {
    const page = await browser.newPage()
    page.on('pageerror', error => thrown.push(error))
    await page.goto(`${url}/?as=${name}`)
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

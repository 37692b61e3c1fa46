/**
 * Every page of the demo organisation as a picture in ./screenshots, light and dark, wide and on a phone: to be
 * looked at by people. Run by `npm run screenshots`.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { DEMO_DOMAIN, DEMO_PASSWORD } from '../../apps/server/src/demo/accounts.ts'
import { seedDemo } from '../../apps/server/src/demo/seed.ts'
import { startServer, type TestServer } from '../../apps/server/src/testing/index.ts'
import config from '../../playwright.config.ts'
import { causeToasts, listShots } from './support/shots.ts'

const FOLDER = 'screenshots'
const SCHEMES = ['light', 'dark'] as const
const SIZES = {
  '1440': { viewport: { width: 1440, height: 900 } },
  '390': { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
} as const

await using browser = await chromium.launch(config.use?.launchOptions ?? {})
rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER)
for (const scheme of SCHEMES)
  for (const size of ['1440', '390'] as const) {
    // What is done for one set of pictures is not seen in the next.
    const dataDir = mkdtempSync(join(tmpdir(), 'pms-screenshots-'))
    try {
      await seedDemo(dataDir)
      const server = await startServer({ dataDir })
      await takeAll(browser, server, scheme, size)
    } finally {
      rmSync(dataDir, { recursive: true })
    }
  }

/** Takes all pictures of one appearance; the server is stopped for the last. */
async function takeAll(
  browser: Browser,
  server: TestServer,
  colorScheme: (typeof SCHEMES)[number],
  size: keyof typeof SIZES,
): Promise<void> {
  const save = (page: Page, name: string) =>
    page.screenshot({ path: join(FOLDER, `${name}-${size}-${colorScheme}.png`) })
  const shots = await listShots(account => restOf(server, account))
  const options = { ...SIZES[size], colorScheme, baseURL: server.url, reducedMotion: 'reduce' } as const

  for (const who of new Set(shots.map(shot => shot.who))) {
    await using context = await browser.newContext(options)
    if (who) await signIn(context, who)
    for (const { name, path, prepare } of shots.filter(shot => shot.who === who)) {
      const page = await context.newPage()
      await page.goto(path)
      await settle(page, who !== null)
      await prepare?.(page)
      await settle(page, who !== null)
      await save(page, name)
      await page.close()
    }
  }

  await using context = await browser.newContext(options)
  await signIn(context, 'jane.smith')
  const page = await context.newPage()
  await page.goto('/goals?scope=team')
  await settle(page, true)
  await causeToasts(await restOf(server, 'john.doe'), await restOf(server, 'jane.smith'))
  await page.getByText("has accepted the goal 'Write down").first().waitFor()
  await settle(page, true)
  await save(page, 'toasts')

  await server.close()
  await page.getByRole('button', { name: /^Notifications\b.*\. Reconnecting$/ }).click()
  await page.getByText(/^Reconnecting in/).waitFor()
  await save(page, 'reconnecting')
}

/** Signs in by REST: the cookies are those of a browser that did it by the page. */
async function signIn(context: BrowserContext, account: string): Promise<void> {
  const answer = await context.request.post('/api/auth/login', {
    data: { email: `${account}@${DEMO_DOMAIN}`, password: DEMO_PASSWORD },
  })
  if (!answer.ok()) throw new Error(`${account} cannot sign in: ${answer.status()}`)
}

async function restOf(server: TestServer, account: string) {
  const { body } = await server.rest().post<{ access_token: string }>('/api/auth/login', {
    email: `${account}@${DEMO_DOMAIN}`,
    password: DEMO_PASSWORD,
  })
  return server.rest(body.access_token)
}

/** Waits until all of a page is there: what it fetches, its fonts, and the live connection. */
async function settle(page: Page, signedIn: boolean): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => document.fonts.ready)
  if (signedIn)
    await page.getByRole('button', { name: /^Notifications\b.*\. Live$/, includeHidden: true }).waitFor()
}

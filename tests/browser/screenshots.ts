/**
 * Every page of the demo organisation as a picture in ./screenshots, light and dark, wide and on a phone, some on a
 * very large screen: to be looked at by people. Run by `npm run screenshots`, with parts of names for some of them, or
 * with `--readme` for the few in docs/pictures.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import config from '../../playwright.config.ts'
import { type Demo, openDemo } from './support/demo.ts'
import { listPlaces } from './support/pages.ts'
import { takePictures } from './support/pictures.ts'
import { causeToasts, dialogShots, listShots, type Shot } from './support/shots.ts'
import { standStill } from './support/still.ts'

const FOLDER = 'screenshots'
const SCHEMES = ['light', 'dark'] as const
const SIZES = {
  '1440': { viewport: { width: 1440, height: 900 } },
  '390': { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  '3840': { viewport: { width: 3840, height: 2160 } },
} as const
type Size = keyof typeof SIZES

/** What shows whether the width of a very large screen is borne. */
const LARGE = ['home', 'inbox', 'goals-team', 'initiatives-board']
const TOASTS = 'toasts'

const wanted = process.argv.slice(2)
const isWanted = (name: string) => wanted.length === 0 || wanted.some(part => name.includes(part))

await using browser = await chromium.launch(config.use?.launchOptions ?? {})
if (wanted[0] === '--readme') {
  await using demo = await openDemo()
  await takePictures(browser, demo)
} else await takeScreenshots()

async function takeScreenshots(): Promise<void> {
  if (wanted.length === 0) rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  for (const size of ['1440', '390', '3840'] as const) {
    // What is done for one set of pictures is not seen in the next.
    await using demo = await openDemo()
    const places = await listPlaces(demo)
    const shots: Shot[] = [...places, ...dialogShots(places), ...(await listShots(demo))]
    const chosen = shots.filter(({ name }) => isWanted(name) && (size !== '3840' || LARGE.includes(name)))
    for (const who of new Set(chosen.map(shot => shot.who))) {
      const theirs = chosen.filter(shot => shot.who === who)
      await takeAll(browser, demo, size, who, theirs)
    }
    if (size !== '3840' && isWanted(TOASTS)) await takeToasts(browser, demo, size)
  }
}

async function openContext(browser: Browser, demo: Demo, size: Size, who: Shot['who']) {
  const context = await browser.newContext({ ...SIZES[size], baseURL: demo.url, reducedMotion: 'reduce' })
  if (who) await demo.enter(context, who)
  return context
}

async function takeAll(browser: Browser, demo: Demo, size: Size, who: Shot['who'], shots: readonly Shot[]) {
  await using context = await openContext(browser, demo, size, who)
  for (const { name, path, arrange, prepare } of shots) {
    const page = await context.newPage()
    await arrange?.(page)
    await page.goto(path)
    await settle(page, who !== null, arrange !== undefined)
    await prepare?.(page)
    await settle(page, who !== null, arrange !== undefined)
    await save(page, name, size)
    await page.close()
  }
}

/** News that arrive while a page is open, and a server that is gone. */
async function takeToasts(browser: Browser, demo: Demo, size: Size): Promise<void> {
  await using context = await openContext(browser, demo, size, 'jane.smith')
  const page = await context.newPage()
  await page.goto('/goals?scope=team')
  await settle(page, true)
  await causeToasts(await demo.as('john.doe'), await demo.as('jane.smith'))
  await page.getByText("has accepted the goal 'Write down").first().waitFor()
  await settle(page, true)
  await save(page, TOASTS, size)

  await demo.server.close()
  await page.getByRole('button', { name: /^Notifications\b.*\. Reconnecting$/ }).click()
  await page.getByText(/^Reconnecting in/).waitFor()
  await save(page, 'reconnecting', size)
}

async function save(page: Page, name: string, size: Size): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await standStill(page, colorScheme)
    await page.screenshot({ path: join(FOLDER, `${name}-${size}-${colorScheme}.png`) })
  }
}

/** Waits until all of a page is there: what it fetches, and the live connection. */
async function settle(page: Page, signedIn: boolean, isHindered = false): Promise<void> {
  if (isHindered) return
  await page.waitForLoadState('networkidle')
  if (signedIn)
    await page.getByRole('button', { name: /^Notifications\b.*\. Live$/, includeHidden: true }).waitFor()
}

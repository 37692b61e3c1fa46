/**
 * Every page of the app, in light and dark, wide and as narrow as a phone: what axe finds, headings and titles, where
 * the focus is, and dialogs that give it back.
 */
import { type Browser, test as base, expect, type Page } from '@playwright/test'
import { COLOURS, expectAccessible } from './support/axe.ts'
import { type Account, openDemo } from './support/demo.ts'
import { expectThere, goTo, listPlaces, type Place, routesOf } from './support/pages.ts'

interface World {
  places: readonly Place[]
  /** A browser of one of them, on one of their pages. */
  enter: (browser: Browser, first: Place) => Promise<Page>
}

const test = base.extend<object, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: this is how Playwright is told that nothing is needed
    async ({}, use) => {
      await using demo = await openDemo()
      await use({
        places: await listPlaces(demo),
        async enter(browser, { who, path, heading }) {
          const context = await browser.newContext({ baseURL: demo.url, reducedMotion: 'reduce' })
          if (who) await demo.enter(context, who)
          const page = await context.newPage()
          page.setDefaultTimeout(15_000)
          await page.goto(path)
          await expectThere(page, heading)
          return page
        },
      })
    },
    { scope: 'worker' },
  ],
})

const WIDE = { width: 1280, height: 900 }
/** A phone, and what is left of a screen of 1280 points at four times the size. */
const NARROW = [390, 320]

const ACCOUNTS: readonly (Account | null)[] = [null, 'john.doe', 'jane.smith', 'hr', 'admin']

for (const who of ACCOUNTS)
  test(`the pages of ${who ?? 'somebody who is not signed in'}`, async ({ browser, world }) => {
    test.slow()
    const places = world.places.filter(place => place.who === who)
    const [first] = places
    if (!first) throw new Error(`Nobody looks as ${who}`)
    const page = await world.enter(browser, first)
    const said = listenForErrors(page)
    for (const place of places) {
      if (place !== first) await goTo(page, place)
      await expectGood(page, place)
      if (place.dialog) await expectGoodDialog(page, place.name, place.dialog)
      // What is not there is answered with 404, which the browser notes.
      expect
        .soft(said.splice(0), `the console on ${place.name}`)
        .toEqual(place.name === 'goal-missing' ? [expect.stringContaining('404')] : [])
    }
    await page.context().close()
  })

test('every route of the app is among them', async ({ browser, world }) => {
  const home = world.places.find(place => place.name === 'home')
  if (!home) throw new Error('There is no home')
  const page = await world.enter(browser, home)
  const routes = await routesOf(page)
  expect(routes.sort()).toEqual([...new Set(world.places.map(place => place.route))].sort())
  await page.context().close()
})

function listenForErrors(page: Page): string[] {
  const said: string[] = []
  page.on('pageerror', error => said.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error') said.push(message.text())
  })
  return said
}

async function expectGood(page: Page, { name, heading }: Place): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(WIDE)
  const h1 = page.getByRole('heading', { level: 1 })
  await expect.soft(h1, `${name} has one heading above all`).toHaveCount(1)
  expect.soft(await page.title(), `the title of ${name}`).toMatch(/^(\(\d+\) )?.+ · PMS$/)
  await expectAccessible(page, name)
  await page.emulateMedia({ colorScheme: 'dark' })
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: 844 })
    await expectThere(page, heading)
    await expectNoSideways(page, `${name} at ${width}`)
  }
  await expectAccessible(page, `${name}, dark and narrow`, COLOURS)
  await page.setViewportSize(WIDE)
}

async function expectNoSideways(page: Page, what: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect.soft(over, `${what} fits the screen`).toBe(0)
}

async function expectGoodDialog(
  page: Page,
  name: string,
  [button, item]: NonNullable<Place['dialog']>,
): Promise<void> {
  const opener = page.getByRole('button', { name: button, exact: true }).first()
  await opener.focus()
  await page.keyboard.press('Enter')
  if (item) await page.getByRole('menuitem', { name: item, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await expect(dialog.locator(':focus'), `the dialog of ${name} has the focus`).toHaveCount(1)
  await expectAccessible(page, `dialog of ${name}, dark`)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 320, height: 844 })
  await expectNoSideways(page, `dialog of ${name}`)
  await expectAccessible(page, `dialog of ${name}, narrow`, COLOURS)
  await page.setViewportSize(WIDE)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(opener, `the focus is given back on ${name}`).toBeFocused()
}

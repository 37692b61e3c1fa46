/**
 * `test` for the browser: every test has a server and people of its own, and a browser for each person who comes.
 * Whatever a page throws that nobody catches fails the test, unless it is said beforehand.
 */
import {
  type Browser,
  type BrowserContextOptions,
  test as base,
  expect,
  type Locator,
  type Page,
} from '@playwright/test'
import type { Person } from '../../../apps/server/src/testing/index.ts'
import { setup } from '../../services/setup.ts'
import { addPeople, openStage, PASSWORD, type People, type Stage } from './stage.ts'

/** The tag of journeys in which one server must hear what another one did: they run between several, too. */
export const BETWEEN_SERVERS = '@between-servers'

export interface Surroundings {
  /** How many servers each test has; where there are several, on PostgreSQL and Redis. */
  servers: number
}

interface Services {
  /** The PostgreSQL and the Redis of this worker, where its tests need them. */
  services: undefined
}

interface Fixtures {
  /** Environment variables of the server. */
  environment: Record<string, string>
  /** What pages will throw, in order. */
  expectedErrors: RegExp[]
  stage: Stage
  people: People
  /** A page in a browser where nobody is signed in. */
  newcomer: (options?: BrowserContextOptions) => Promise<Page>
  /** A page in a browser of this person, signed in and live. */
  visit: (person: Person, options?: BrowserContextOptions) => Promise<Page>
}

export const test = base.extend<Fixtures, Surroundings & Services>({
  servers: [1, { option: true, scope: 'worker' }],
  environment: [{}, { option: true }],
  expectedErrors: [[], { option: true }],

  services: [
    async ({ servers }, use) => {
      const stop = servers > 1 ? await setup() : null
      await use(undefined)
      await stop?.()
    },
    { scope: 'worker' },
  ],

  stage: async ({ environment, servers, services: _ }, use) => {
    const leaks: string[] = []
    const note = ({ name, message }: Error) => {
      if (name === 'MaxListenersExceededWarning') leaks.push(message)
    }
    process.on('warning', note)
    const stage = await openStage({ env: environment, servers })
    await use(stage)
    await stage.close()
    process.off('warning', note)
    expect(leaks, 'what the server listens to too often').toEqual([])
  },

  people: async ({ stage }, use) => {
    await use(await addPeople(stage.server))
  },

  newcomer: async ({ browser, stage, expectedErrors }, use) => {
    const browsers = openBrowsers(browser, stage.url)
    await use(browsers.open)
    const thrown = await browsers.close()
    expect(thrown, 'what pages threw').toEqual(expectedErrors.map(error => expect.stringMatching(error)))
  },

  visit: async ({ newcomer }, use) => {
    await use(async (person, options) => {
      const page = await newcomer(options)
      await signIn(page, person)
      return page
    })
  },
})

/** Signs in by the page for it and waits until the bell is live. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto('/sign-in?to=/goals')
  await fillIn(page, person.email, PASSWORD)
  await expect(page.getByRole('heading', { name: 'Goals', exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Notifications\b.*\. Live$/ })).toBeVisible()
}

/** Fills in the sign-in page that is open, and sends it. */
export async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Marks the document that is open now; `expectSame` fails if it has been loaded again since. */
export async function watchReloads(page: Page): Promise<{ expectSame: () => Promise<void> }> {
  await page.evaluate(() => Object.assign(window, { sameDocument: true }))
  return {
    async expectSame() {
      expect(await page.evaluate(() => 'sameDocument' in window), 'the page was not loaded again').toBe(true)
    },
  }
}

function openBrowsers(browser: Browser, baseURL: string) {
  const contexts: Awaited<ReturnType<Browser['newContext']>>[] = []
  const thrown: string[] = []
  return {
    async open(options: BrowserContextOptions = {}): Promise<Page> {
      const context = await browser.newContext({ baseURL, ...options })
      contexts.push(context)
      context.on('weberror', error => thrown.push(String(error.error())))
      return context.newPage()
    },
    /** @returns what their pages threw */
    async close(): Promise<string[]> {
      await Promise.all(contexts.map(context => context.close()))
      return thrown
    },
  }
}

export { expect, type Locator, type Page }

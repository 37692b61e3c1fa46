import { defineConfig } from '@playwright/test'
import type { Surroundings } from './tests/browser/support/test.ts'

// Each spec starts its own server through a fixture; the browser is the machine's Chromium, which never calls out.
export default defineConfig<object, Surroundings>({
  projects: [
    { name: 'everything' },
    {
      // Two servers behind nginx instead of one on SQLite: those in which one must hear what the other did.
      name: 'PostgreSQL and Redis',
      grep: /@between-servers/,
      use: { servers: 2 },
    },
  ],
  testDir: 'tests/browser',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env.CI),
  // Each test has a server of its own, and waits more than it works.
  workers: 2,
  retries: 0,
  timeout: 60_000,
  // A busy machine is slow to show a thing; no test waits out this time unless it fails.
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    headless: true,
    // Without a film of it, which takes a core: what was on the page at each step is kept.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})

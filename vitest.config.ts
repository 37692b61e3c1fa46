import { defineConfig } from 'vitest/config'

const WITHOUT_SERVER = [
  'apps/server/test/{calendar,config}.test.ts',
  'tests/contract/notifications-doc.test.ts',
]
/** They start the program itself, or several servers, each on the engine that it is about. */
const OWN_PROCESSES = ['apps/server/test/{backup,cli,cluster*,copy,data-dir,demo,main}.test.ts']

/** Whole tables of who may do what: minutes of the same few queries. `npm run test:postgres` has them, too. */
const TABLES =
  process.env.TEST_THOROUGH === '1'
    ? []
    : ['apps/server/test/{reviews-confidentiality,reviews-transitions,initiatives-transitions}.test.ts']

// Everything but the browser: Playwright runs tests/browser. A file that needs a document asks for it by a docblock.
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'everything',
          include: [
            '{packages,apps}/*/test/**/*.test.{ts,tsx}',
            'scripts/test/**/*.test.ts',
            'tests/**/*.test.{ts,tsx}',
          ],
        },
      },
      {
        // What a server does, once more: on PostgreSQL and Redis instead of SQLite and the bus in memory.
        extends: true,
        test: {
          name: 'PostgreSQL and Redis',
          include: ['apps/server/test/**/*.test.ts', 'tests/contract/**/*.test.ts'],
          exclude: [...WITHOUT_SERVER, ...OWN_PROCESSES, ...TABLES],
          env: { TEST_ENGINE: 'postgres' },
        },
      },
    ],
    globalSetup: 'tests/services/setup.ts',
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    // Servers, password hashes and child processes on two busy cores: slow is no failure, hanging is.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})

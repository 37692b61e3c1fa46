import { defineConfig } from 'vitest/config'

const WITHOUT_SERVER = [
  'apps/server/test/{calendar,config}.test.ts',
  'tests/contract/notifications-doc.test.ts',
]
/** They start the program itself, or several servers, each on the engine that it is about. */
const OWN_PROCESSES = ['apps/server/test/{backup,cli,cluster*,copy,data-dir,demo,doctor,main}.test.ts']

/** Where engines and buses differ most: transactions, locks, queries with counts, what is told. */
const SHORT = [
  'apps/server/test/{announcements,api-keys,approvals,attachments,auth-sessions,goals-{bulk,notifications,tree}}.test.ts',
  'apps/server/test/{idempotency,jobs,joining,notifications-*,people-archive,people-units,preferences}.test.ts',
  'apps/server/test/{reviews-notifications,sessions}.test.ts',
  'tests/contract/guide-{rest,socket}.test.ts',
]
/** Every test of a server, by `npm run test:postgres`; in `npm test` those of most interest. */
const WHOLE = ['{apps/server/test,tests/contract,tests/security}/**/*.test.ts']

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
          include: process.env.TEST_WHOLE === '1' ? WHOLE : SHORT,
          exclude: [...WITHOUT_SERVER, ...OWN_PROCESSES],
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
    expect: { poll: { timeout: 20_000 } },
  },
})

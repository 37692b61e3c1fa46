import { defineConfig } from 'vitest/config'

// Everything but the browser: Playwright runs tests/browser. A file that needs a document asks for it by a docblock.
export default defineConfig({
  test: {
    include: [
      '{packages,apps}/*/test/**/*.test.{ts,tsx}',
      'scripts/test/**/*.test.ts',
      'tests/**/*.test.{ts,tsx}',
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

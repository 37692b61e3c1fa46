import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// The scenes for minutes, one after another so that each has the machine to itself: `npm run test:fuzz`.
export default defineConfig({
  test: {
    root: here('.'),
    include: ['*.fuzz.ts'],
    // The servers that SQLite does without.
    globalSetup: process.env.TEST_ENGINE === 'postgres' ? here('../../services/setup.ts') : [],
    environment: 'node',
    pool: 'forks',
    fileParallelism: false,
    hookTimeout: 60_000,
  },
})

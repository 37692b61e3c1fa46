import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// The scenes at full size, one after another so that each has the machine to itself: `npm run test:faults`.
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['*.faults.ts'],
    environment: 'node',
    pool: 'forks',
    fileParallelism: false,
    hookTimeout: 30_000,
  },
})

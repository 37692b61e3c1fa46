// What reaches a browser: small, and nothing of the schema library that the types are inferred from.
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { expect, test } from 'vitest'

const LIMIT = 6_000

test('the bundle is small and has no schema library in it', async () => {
  const entry = fileURLToPath(new URL('../src/index.ts', import.meta.url))
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: true, lib: { entry, formats: ['es'], fileName: 'client' } },
  })
  const [{ output }] = result as [Rolldown.RolldownOutput]
  const modules = Object.keys(output[0].modules)
  expect(modules.some(path => path.endsWith('packages/protocol/src/close-codes.ts'))).toBe(true)
  expect(modules.filter(path => path.includes('node_modules'))).toEqual([])
  expect(gzipSync(output[0].code).length).toBeLessThan(LIMIT)
})

// What reaches a browser: small, and nothing of the schema library that the types are inferred from.
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { expect, test } from 'vitest'

/** Bytes, as an application's own build minifies them and its server compresses them. */
const LIMITS = { '../src/index.ts': 6_050, '../src/shared/index.ts': 10_000 }

/** All that an entry exports, kept. */
async function bundle(entry: string) {
  const input = fileURLToPath(new URL(entry, import.meta.url))
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      rolldownOptions: { input, preserveEntrySignatures: 'strict', output: { minify: true } },
    },
  })
  const { output } = result as Rolldown.RolldownOutput
  const modules = output.flatMap(part => (part.type === 'chunk' ? Object.keys(part.modules) : []))
  const code = output.flatMap(part => (part.type === 'chunk' ? [part.code] : [])).join('')
  return { modules, bytes: gzipSync(code).length }
}

test.for(Object.entries(LIMITS))(
  'the bundle of %s is small and has no schema library in it',
  async ([entry, limit]) => {
    const { modules, bytes } = await bundle(entry)
    expect(modules.some(path => path.endsWith('packages/protocol/src/close-codes.ts'))).toBe(true)
    expect(modules.filter(path => path.includes('node_modules'))).toEqual([])
    expect(bytes).toBeLessThan(limit)
  },
)

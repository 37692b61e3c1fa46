/** The page on security says what is so: each line of it names code and tests that are there, and each test is named. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string) => readFileSync(root + path, 'utf8')
const HERE = 'tests/security/'

interface Threat {
  what: string
  defence: string
  files: string[]
  tests: { file: string; names: string[] }[]
}

/** The rows of all tables under Threats. */
function threatsOf(page: string): Threat[] {
  const [, part = ''] = page.split('\n## Threats\n')
  const [tables = ''] = part.split('\n## ')
  const rows = tables
    .split('\n')
    .filter(line => line.startsWith('| ') && !line.startsWith('| what could happen |'))
  return rows.map(row => {
    const cells = row.slice(2, -2).split(' | ')
    expect(cells, row).toHaveLength(4)
    const [what = '', defence = '', where = '', shown = ''] = cells
    const files = [...where.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path)
    const tests = [...shown.matchAll(/`([^`]+)`((?: "[^"]+")*)/g)].map(([, file = '', quoted = '']) => ({
      file: file.includes('/') ? file : HERE + file,
      names: [...quoted.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
    }))
    return { what, defence, files, tests }
  })
}

/** Names under which a file has tests, those that are left out not among them. */
function namesIn(source: string): string[] {
  const quoted = /'((?:[^'\\\n]|\\.)+)'|`([^`\n]+)`|"([^"\n]+)"/g
  return [...source.matchAll(quoted)].map(([, a, b, c]) => (a ?? b ?? c ?? '').replace(/\\(.)/g, '$1'))
}

const page = read('docs/security.md')
const threats = threatsOf(page)

test('the page has its tables', () => {
  expect(threats.length).toBeGreaterThan(45)
  expect(new Set(threats.map(({ what }) => what)).size).toBe(threats.length)
})

describe.each(threats)('$what', ({ defence, files, tests }) => {
  test('has a defence in code that is there, and tests that are there', () => {
    expect(defence.length).toBeGreaterThan(20)
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) expect(existsSync(root + file), file).toBe(true)
    expect(tests.length).toBeGreaterThan(0)
    for (const { file, names } of tests) {
      expect(existsSync(root + file), file).toBe(true)
      const source = read(file)
      expect(source, file).not.toMatch(/\b(test|it|describe)\.(skip|todo|only)\b/)
      const there = namesIn(source)
      for (const name of names) expect(there, file).toContain(name)
    }
  })
})

test('each test of this folder shows a line of the page', () => {
  const named = new Map(threats.flatMap(({ tests }) => tests.map(({ file }) => [file, new Set<string>()])))
  for (const { file, names } of threats.flatMap(({ tests }) => tests))
    for (const name of names) named.get(file)?.add(name)
  for (const name of readdirSync(root + HERE).filter(each => each.endsWith('.test.ts'))) {
    if (name === 'document.test.ts') continue
    const source = read(HERE + name)
    const tests = [...source.matchAll(/^\s*test\('((?:[^'\\]|\\.)+)'/gm)].map(([, title = '']) => title)
    expect(tests.length, name).toBeGreaterThan(0)
    expect([...(named.get(HERE + name) ?? [])].sort(), name).toEqual(tests.sort())
  }
})

/** Which statements PostgreSQL is asked to keep: those that come again and again. */
import { expect, test } from 'vitest'
import { createStatementNames } from '../src/database/statement-names.ts'

const often = (names: ReturnType<typeof createStatementNames>, text: string) =>
  Array.from({ length: 4 }, () => names.nameOf(text)).at(-1)

test('what comes again and again has a name, the same each time, and nothing else has it', () => {
  const names = createStatementNames()
  expect(names.nameOf('select 1')).toBeUndefined()
  const name = often(names, 'select 1')
  expect(name).toMatch(/^\w+$/)
  expect(names.nameOf('select 1')).toBe(name)
  expect(often(names, 'select 2')).not.toBe(name)
})

test('names are new where what was kept is good no more', () => {
  const names = createStatementNames()
  const before = often(names, 'select 1')
  names.renew()
  expect(names.nameOf('select 1')).toBeUndefined()
  const after = often(names, 'select 1')
  expect(after).toBeDefined()
  expect(after).not.toBe(before)
})

test('of ever new statements a connection keeps no more than some hundreds, and of huge ones none', () => {
  const names = createStatementNames()
  const named = Array.from({ length: 2_000 }, (_, n) => often(names, `select ${n}`)).filter(Boolean)
  expect(named.length).toBeGreaterThan(100)
  expect(named.length).toBeLessThan(1_000)
  expect(often(createStatementNames(), `select ${'$1, '.repeat(2_000)}`)).toBeUndefined()
})

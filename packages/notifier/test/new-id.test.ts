import { expect, test, vi } from 'vitest'
import { newId } from '../src/new-id.ts'

const UUID_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('an id is a UUID that tells when it was made', () => {
  const before = Date.now()
  const id = newId()
  expect(id).toMatch(UUID_7)
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBeGreaterThanOrEqual(before)
})

test('ids follow one another, however many are made in a millisecond, and also when the clock goes back', () => {
  const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 1_000)
  const ids = Array.from({ length: 10_000 }, newId)
  now.mockReturnValue(Date.now() - 60_000)
  ids.push(newId())
  now.mockRestore()
  expect(ids.every(id => UUID_7.test(id))).toBe(true)
  expect([...new Set(ids)].sort()).toEqual(ids)
})

/** How fast commands may come, by a clock of the test. */
import { expect, it } from 'vitest'
import { CommandBudget } from '../src/command-budget.ts'

it('allows twice a second’s commands at once, then as many as time brings, and never saves up more', () => {
  const budget = new CommandBudget(4)
  const may = (now: number) => budget.take(now)
  const allowedAt = (now: number) => {
    let count = 0
    while (may(now)) count += 1
    return count
  }
  expect(allowedAt(1_000)).toBe(8)
  expect(allowedAt(1_000)).toBe(0)
  expect(allowedAt(1_249)).toBe(0)
  expect(allowedAt(1_250)).toBe(1)
  expect(allowedAt(2_250)).toBe(4)
  expect(allowedAt(1_000_000)).toBe(8)
})

import type { GoalFreeze } from '@pms/contract'
import { expect, it } from 'vitest'
import { freezesOver } from '../src/features/goals/freezes.ts'

const freeze = (id: string, quarter: 'Q1' | 'Q2', mine = false) =>
  ({ id, year: 2027, quarter, allowed_actions: mine ? ['unfreeze'] : [] }) as unknown as GoalFreeze
const ids = (freezes: readonly GoalFreeze[]) => freezes.map(({ id }) => id)

const both = [freeze('a', 'Q1'), freeze('b', 'Q2')]
const yearly = { year: 2027, quarter: null }

it('a list tells of the freezes of what is in it', () => {
  expect(ids(freezesOver(both, {}, [{ year: 2027, quarter: 'Q2' }, yearly]))).toEqual(['b'])
  expect(freezesOver(both, {}, [{ year: 2026, quarter: 'Q2' }, yearly])).toEqual([])
})

it('and of the quarter it was asked for, though nothing of it is there', () => {
  expect(ids(freezesOver(both, { quarter: 'Q1' }, []))).toEqual(['a'])
  expect(ids(freezesOver(both, { year: 2027, quarter: 'Q1' }, []))).toEqual(['a'])
  expect(freezesOver(both, { year: 2026, quarter: 'Q1' }, [])).toEqual([])
})

it('who can lift them sees all that the filters let through', () => {
  const own = [freeze('a', 'Q1', true), freeze('b', 'Q2', true)]
  expect(ids(freezesOver(own, {}, []))).toEqual(['a', 'b'])
  expect(ids(freezesOver(own, { quarter: 'Q2' }, []))).toEqual(['b'])
})

/** That the bench can be run, and how its tables come about; not how fast anything is. */
import { expect, test } from 'vitest'
import { create } from '../../bench/measures/create.ts'
import { tablesOf } from '../../bench/report.ts'
import { floor } from '../../bench/sides/bare.ts'
import { ours } from '../../bench/sides/ours.ts'

test('what is created on each side is delivered', async () => {
  // It ends when everything that was begun is on both tabs, at least one for each place.
  const figures = await create.run({
    sides: [ours, floor],
    rounds: 1,
    seconds: 0.2,
    atOnce: [2],
    people: 0,
    rows: [],
    say() {},
  })
  expect(figures.map(({ side, case: name }) => [side, name])).toEqual([
    ['ours', '2 at a time'],
    ['floor', '2 at a time'],
  ])
})

test('tables hold the medians of the rounds, and ours divided by the other one', () => {
  const figure = (side: string, perSecond: number, limit: string) => ({
    side,
    case: '32 at a time',
    values: { perSecond, p50: 2 },
    limit,
  })
  const tables = tablesOf(create, [
    figure('ours', 1_000, 'server'),
    figure('floor', 4_000, 'load'),
    figure('floor', 400, 'load'),
    figure('ours', 1_500, 'server'),
    figure('ours', 9_000, 'load'),
    figure('floor', 2_000, 'load'),
  ])
  expect(tables.split('\n').filter(line => /^\| (ours|floor)/.test(line))).toEqual([
    '| ours | 1,500 | 2.00 |  |  |  |  | server; load |',
    '| floor | 2,000 (0.75) | 2.00 (1.00) |  |  |  |  | load |',
  ])
})

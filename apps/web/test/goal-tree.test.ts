import type { GoalBranch } from '@pms/contract'
import { describe, expect, it } from 'vitest'
import { idsIn, parseFilters, toOpen, toQuery } from '../src/features/goals/filters.ts'
import { goalLines, type Level, toggled } from '../src/features/goals/tree.ts'

const goal = (id: string, children = 0) => ({ id, title: `Goal ${id}`, children }) as GoalBranch
const level = (goals: GoalBranch[], rest: Partial<Level> = {}): Level => ({
  goals,
  total: goals.length,
  waits: null,
  ...rest,
})
const drawn = (levels: ReadonlyMap<string | null, Level>, open: string[] = []) =>
  goalLines(levels, new Set(open)).map(
    ({ depth, goal, waits, isOpen, place, of }) =>
      `${'  '.repeat(depth)}${isOpen === null ? ' ' : isOpen ? '-' : '+'}${goal?.id ?? waits ?? 'more'} ${place}/${of}`,
  )

describe('the lines of the tree', () => {
  const levels = new Map([
    [null, level([goal('a', 2), goal('b')])],
    ['a', level([goal('c', 1), goal('d')])],
    ['c', level([goal('e')])],
  ])

  it('show what is part of a goal when it is open, and only then', () => {
    expect(drawn(levels)).toEqual(['+a 1/2', ' b 2/2'])
    expect(drawn(levels, ['a'])).toEqual(['-a 1/2', '  +c 1/2', '   d 2/2', ' b 2/2'])
    expect(drawn(levels, ['a', 'c', 'b'])).toEqual(['-a 1/2', '  -c 1/2', '     e 1/1', '   d 2/2', ' b 2/2'])
    // What is above it is closed.
    expect(drawn(levels, ['c'])).toEqual(['+a 1/2', ' b 2/2'])
  })

  it('say what is not there yet: on its way, refused, or more than was asked for', () => {
    const top: [null, Level] = [null, level([goal('a', 9)])]
    expect(drawn(new Map([top]), ['a'])).toEqual(['-a 1/1', '   loading 1/1'])
    const failed = level([], { total: undefined, waits: 'failed' })
    expect(drawn(new Map<string | null, Level>([top, ['a', failed]]), ['a'])).toEqual([
      '-a 1/1',
      '   failed 1/1',
    ])
    const long = level([goal('c')], { total: 9 })
    expect(drawn(new Map<string | null, Level>([top, ['a', long]]), ['a'])).toEqual([
      '-a 1/1',
      '   c 1/9',
      '   more 9/9',
    ])
  })

  it('are named apart where a goal stands in two places', () => {
    const twice = new Map([
      [null, level([goal('a', 1), goal('b')])],
      ['a', level([goal('b')])],
    ])
    const ids = goalLines(twice, new Set(['a'])).map(({ id }) => id)
    expect(ids).toEqual(['a', 'a.b', 'b'])
  })

  it('stay open one by one; with a goal closes what is beneath it', () => {
    const lines = goalLines(levels, new Set(['a', 'c']))
    const [a, c] = lines
    if (!a || !c) throw new Error('There are lines')
    expect(toggled(['x'], lines, a, true)).toEqual(['x', 'a'])
    expect(toggled(['a', 'x', 'c'], lines, c, false)).toEqual(['a', 'x'])
    expect(toggled(['a', 'x', 'c'], lines, a, false)).toEqual(['x'])
  })
})

describe('what is open, in the address', () => {
  const id = (n: number) => `01a20000-0000-7000-8000-${String(n).padStart(12, '0')}`

  it('is read as it was written, and nothing else is', () => {
    const search = { scope: 'organisation', year: 2027, open: `${id(1)}.${id(2)}` }
    expect(parseFilters(search)).toEqual(search)
    expect(idsIn(search.open)).toEqual([id(1), id(2)])
    expect(parseFilters({ scope: 'organisation', open: `${id(1)}.../x.${id(1)}` })).toEqual({
      scope: 'organisation',
      open: id(1),
    })
    expect(parseFilters({ scope: 'organisation', open: 7 })).toEqual({ scope: 'organisation' })
  })

  it('keeps what was opened last, when it is too much', () => {
    const ids = Array.from({ length: 41 }, (_, n) => id(n))
    expect(idsIn(toOpen(ids))).toEqual(ids.slice(1))
    expect(toOpen([])).toBeUndefined()
  })

  it('is the tree’s: as a list, and of other lists, there is none', () => {
    expect(parseFilters({ scope: 'organisation', view: 'list', open: id(1) })).toEqual({
      scope: 'organisation',
      view: 'list',
    })
    expect(parseFilters({ scope: 'team', view: 'list', open: id(1) })).toEqual({ scope: 'team' })
    expect(toQuery({ scope: 'organisation' })).toEqual({ scope: 'organisation' })
  })
})

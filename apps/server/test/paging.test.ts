/** Pages of lists: each leads to the next, as far as one may ask. */
import { MAX_SKIP } from '@pms/contract'
import { expect, test } from 'vitest'
import { pageOf } from '../src/paging.ts'

test.each([
  ['leads to the next page', { skip: 0, total: 3 }, '2'],
  ['is the last', { skip: 2, total: 4 }, null],
  ['leads to the last that may be asked for', { skip: MAX_SKIP - 2, total: MAX_SKIP * 2 }, String(MAX_SKIP)],
  ['does not lead where one may not ask', { skip: MAX_SKIP - 1, total: MAX_SKIP * 2 }, null],
] as const)('a page %s', (_, { skip, total }, next) => {
  expect(pageOf(['a', 'b'], total, skip)).toEqual({ items: ['a', 'b'], total, next_cursor: next })
})

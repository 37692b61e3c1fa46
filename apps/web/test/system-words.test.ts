import type { SystemReport } from '@pms/contract'
import { describe, expect, test } from 'vitest'
import { pathOf, roundTop, summaryOf } from '../src/features/system/line.ts'
import { parseRange, rangeOf } from '../src/features/system/range.ts'
import { amount, findingsOf, jobName, milliseconds, span } from '../src/features/system/words.ts'

type Node = SystemReport['nodes'][number]
type Job = SystemReport['jobs'][number]

const node = (changes: Partial<Node> = {}): Node => ({
  id: 'a',
  name: 'alpha:8000',
  version: '1.0.0',
  state: 'up',
  answers: true,
  started_at: '2027-03-01T08:00:00.000Z',
  seen_at: '2027-03-01T09:00:00.000Z',
  connections: 4,
  users: 3,
  bus_connected: true,
  memory_bytes: 1,
  busy: 0.1,
  ...changes,
})
const job = (changes: Partial<Job> = {}): Job => ({
  name: 'review-rounds',
  schedule: '* * * * *',
  state: 'waiting',
  last_run_at: null,
  next_run_at: null,
  lag_seconds: 0,
  last_ms: null,
  last_error: null,
  ...changes,
})

interface Parts {
  nodes?: Node[]
  jobs?: Job[]
  totals?: Partial<SystemReport['totals']>
  waiting?: number
}
const report = ({
  nodes = [node()],
  jobs = [job()],
  totals = {},
  waiting = 0,
}: Parts = {}): SystemReport => ({
  at: '2027-03-01T09:00:00.000Z',
  nodes,
  totals: {
    connections: 4,
    users: 3,
    deliveries: 9,
    delivery_ms: 12,
    sync_pages: 0,
    resets: 0,
    gaps_healed: 1,
    slow_readers: 0,
    commands_refused: 0,
    version_lag: 0,
    ...totals,
  },
  queue: { announcements: 0, recipients: 0, jobs_running: 0, jobs_late: 0 },
  jobs,
  database: { engine: 'PostgreSQL', size_bytes: 1, pool: { open: 5, busy: 5, waiting, most: 10 } },
  series: { range: 'hour', step_seconds: 60, points: [] },
})

describe('what is not well', () => {
  test('nothing, where all is well', () => {
    expect(findingsOf(report())).toEqual([])
    const gone = node({
      id: 'b',
      name: 'beta:8000',
      state: 'stopped',
      bus_connected: false,
      version: '0.9.0',
    })
    expect(findingsOf(report({ nodes: [node(), gone] })), 'who said goodbye is not missed').toEqual([])
    expect(findingsOf(report({ jobs: [job({ state: 'late', lag_seconds: 20 })] })), 'about to begin').toEqual(
      [],
    )
  })

  test('a server that is silent, unless another one took its place', () => {
    const silent = node({ id: 'b', name: 'beta:8000', state: 'silent' })
    expect(findingsOf(report({ nodes: [node(), silent] }))).toEqual([
      'beta:8000 stopped without a word. See whether it runs.',
    ])
    const again = node({ id: 'c', name: 'beta:8000', started_at: '2027-03-01T08:30:00.000Z' })
    expect(findingsOf(report({ nodes: [node(), silent, again] }))).toEqual([])
    const older = node({ id: 'd', name: 'beta:8000', started_at: '2027-03-01T07:30:00.000Z' })
    expect(findingsOf(report({ nodes: [node(), silent, older] }))).toHaveLength(1)
  })

  test.each<[string, Parts]>([
    ['alpha:8000 cannot reach the bus', { nodes: [node({ bus_connected: false })] }],
    [
      'Servers run different versions: 1.0.0 and 1.1.0.',
      { nodes: [node(), node({ id: 'b', version: '1.1.0' })] },
    ],
    [
      '2 jobs are late, up to 5 min: review rounds and retention.',
      {
        jobs: [
          job({ state: 'late', lag_seconds: 300 }),
          job({ name: 'retention', state: 'late', lag_seconds: 61 }),
        ],
      },
    ],
    ['An open page lacked 101 changes', { totals: { version_lag: 101 } }],
    ['Notifications take 1.5 s on average', { totals: { delivery_ms: 1_500 } }],
    ['1 call waits for a database connection.', { waiting: 1 }],
    ['alpha:8000 computes 95% of the time.', { nodes: [node({ busy: 0.95 })] }],
  ])('%s', (sentence, parts) => {
    expect(findingsOf(report(parts))).toEqual([expect.stringContaining(sentence)])
  })
})

test('numbers and names as people read them', () => {
  expect([0, 0.254, 9.5, 11.6, 1_240].map(amount)).toEqual(['0', '0.25', '9.5', '12', '1,240'])
  expect([0.26, 42.4, 300, 10_800, 200_000].map(span)).toEqual(['0.3 s', '42 s', '5 min', '3 h', '2 days'])
  expect([12.4, 1_240].map(milliseconds)).toEqual(['12 ms', '1.2 s'])
  expect(jobName(job({ name: 'initiatives.overdue_now-then' }))).toBe('initiatives overdue now then')
})

test('the address says how far back, and nothing else', () => {
  expect(
    [{}, { range: 'day' }, { range: 'year' }, { range: 7 }].map(raw => rangeOf(parseRange(raw))),
  ).toEqual(['hour', 'day', 'hour', 'hour'])
})

describe('a line', () => {
  const dots = (...values: (number | null)[]) =>
    values.map((value, n) => ({ at: `2027-03-01T09:0${n}:00.000Z`, value }))
  const clock = (at: string) => at.slice(11, 16)

  test('breaks where nothing is known, and shows a value that stands alone', () => {
    expect(pathOf(dots(0, 5, null, 10, null), 10, 100, 50)).toBe('M0 50L25 25M75 0h0')
    expect(pathOf(dots(null, null), 1, 100, 50)).toBe('')
  })

  test('has a scale that ends in a round number', () => {
    expect([0, 0.3, 1, 1.2, 4, 7, 10, 47, 201].map(roundTop)).toEqual([1, 1, 1, 2, 5, 10, 10, 50, 500])
  })

  test('is also a sentence', () => {
    expect(summaryOf(dots(2, 9, null, 4, null), clock)).toBe('Last 4, at most 9 at 09:01, at least 2.')
    expect(summaryOf(dots(null), clock)).toBe('Nothing is known yet.')
  })
})

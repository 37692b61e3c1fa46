/** From samples of several processes to lines: what is known is exact, and what is not is not made up. */
import { expect, test } from 'vitest'
import type { Numbers } from '../src/system/numbers.ts'
import { type Sample, seriesOf } from '../src/system/series.ts'

const NONE: Numbers = {
  connections: 0,
  users: 0,
  bus_connected: true,
  version_lag: 0,
  queue: 0,
  deliveries: 0,
  timed: 0,
  timed_ms: 0,
  sync_pages: 0,
  resets: 0,
  gaps_healed: 0,
  slow_readers: 0,
  commands_refused: 0,
  unrecorded: 0,
  memory_bytes: 1,
  busy: 0,
}

/** A time of the hour before ten. */
const at = (clock: string) => Date.parse(`2027-03-01T09:${clock}.000Z`)
const sample = (node: string, clock: string, numbers: Partial<Numbers>): Sample => ({
  node,
  at: at(clock),
  numbers: { ...NONE, ...numbers },
})

const hour = (samples: Sample[], clock = '59:30') =>
  seriesOf(samples, 'hour', at(clock)).filter(point => point.connections !== null)

test('a line has a point for every minute of the hour, and says nothing where nobody wrote', () => {
  const points = seriesOf([], 'hour', at('59:30'))
  expect(points).toHaveLength(60)
  expect([points[0]?.at, points.at(-1)?.at]).toEqual(['2027-03-01T09:00:00.000Z', '2027-03-01T09:59:00.000Z'])
  expect(points.every(({ connections, queue }) => connections === null && queue === null)).toBe(true)
  expect(seriesOf([], 'day', at('59:30'))).toHaveLength(144)
})

test('what was delivered between two samples is spread over the time between', () => {
  const points = hour([
    sample('a', '10:30', { deliveries: 100 }),
    sample('a', '11:30', { deliveries: 160 }),
    sample('a', '12:00', { deliveries: 220 }),
  ])
  expect(points.map(point => point.deliveries_per_second)).toEqual([1, 1.5, null])
})

test('processes are added up; of lag and queue the worst counts', () => {
  const points = hour([
    sample('a', '10:00', { connections: 3, version_lag: 2, queue: 7 }),
    sample('b', '10:00', { connections: 4, version_lag: 5, queue: 7 }),
    sample('a', '11:00', { connections: 5, deliveries: 60 }),
    sample('b', '11:00', { connections: 6, deliveries: 120, queue: 2 }),
  ])
  expect(points).toEqual([
    { at: '2027-03-01T09:10:00.000Z', connections: 7, deliveries_per_second: 3, version_lag: 5, queue: 7 },
    {
      at: '2027-03-01T09:11:00.000Z',
      connections: 11,
      deliveries_per_second: null,
      version_lag: 0,
      queue: 2,
    },
  ])
})

test('until a process is silent for long it is as it said last', () => {
  const said = [sample('a', '57:50', { connections: 4 }), sample('b', '59:10', { connections: 2 })]
  const lastOf = (clock: string) => seriesOf(said, 'hour', at(clock)).at(-1)?.connections
  expect([lastOf('59:20'), lastOf('59:55')]).toEqual([6, 2])
})

test('a process that was silent for long leaves a gap, and one that started later is no rate of its past', () => {
  const silent = [sample('a', '10:00', { deliveries: 10 }), sample('a', '20:00', { deliveries: 700 })]
  expect(hour(silent).map(point => point.deliveries_per_second)).toEqual([null, null])
  const restarted = [sample('a', '10:00', { deliveries: 900 }), sample('b', '10:30', { deliveries: 0 })]
  expect(hour(restarted).map(point => point.deliveries_per_second)).toEqual([null])
})

import type { NotificationTrace, PersonReach, TracedConnection } from '@pms/contract'
import { describe, expect, test } from 'vitest'
import { parseTraces } from '../src/features/system/trace-search.ts'
import { endOf, moment, reachText, storyOf, verdictText } from '../src/features/system/trace-words.ts'

const JANE = '019a0000-0000-7000-8000-00000000000a'
const at = (time: string) => `2027-03-01T${time}.000Z`

const connection: TracedConnection = {
  id: 'abcd1234-7',
  server: 'app-1:8000',
  device: 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
  state: 'open',
  opened_at: at('08:00:00'),
  closed_at: null,
  code: null,
  heard_at: at('09:00:25'),
  outcome: 'live',
  handed_at: at('09:00:00'),
  answered: true,
}

const trace: NotificationTrace = {
  id: '019a0000-0000-7000-8000-000000000001',
  type: 'goal_created',
  priority: 'high',
  needs_action: true,
  created_at: at('09:00:00'),
  state: 'unread',
  version: 14,
  recipient: { id: JANE, name: 'Jane Smith', status: 'active' },
  actor: { id: null, name: 'John Doe' },
  object: null,
  verdict: 'sent',
  connections: [connection],
  last_connected_at: at('09:00:25'),
  known_since: '2027-02-22T09:00:00.000Z',
  unrecorded: 0,
  read: null,
  settled: null,
  deleted_at: null,
}

const of = (changes: Partial<NotificationTrace>) => verdictText({ ...trace, ...changes })
const told = (changes: Partial<NotificationTrace>) =>
  storyOf({ ...trace, ...changes }).map(({ what }) => what)

describe('the verdict', () => {
  test('where it arrived', () => {
    expect(of({})).toEqual({ isWell: true, text: 'Sent to 1 page of Jane Smith.' })
    expect(of({ verdict: 'fetched' }).text).toContain('with the list')
    expect(of({ verdict: 'unanswered' })).toMatchObject({ isWell: false })
    expect(of({ verdict: 'unanswered', read: { at: at('09:05:00'), way: 'itself' } })).toMatchObject({
      isWell: true,
    })
  })

  test('where it did not, and what comes next', () => {
    const last = moment(at('08:10:00'))
    expect(of({ verdict: 'offline', connections: [], last_connected_at: at('08:10:00') }).text).toBe(
      `Not sent: Jane Smith has not been connected since ${last}. They get it when they open the app.`,
    )
    expect(of({ verdict: 'offline', last_connected_at: null }).text).toContain('or longer')
    expect(of({ verdict: 'offline', recipient: { ...trace.recipient, status: 'suspended' } }).text).toBe(
      'Not sent: the account of Jane Smith is suspended.',
    )
    expect(of({ verdict: 'waiting' }).text).toContain('within 25 seconds')
    expect(of({ verdict: 'unknown' }).text).toContain('It is in the inbox.')
    expect(of({ verdict: 'unknown', deleted_at: at('10:00:00') }).text).not.toContain('It is in')
  })
})

describe('the story', () => {
  test('is told in the order of time', () => {
    expect(
      told({
        connections: [
          connection,
          { ...connection, id: 'b', outcome: 'replayed', handed_at: at('09:10:00') },
          {
            ...connection,
            id: 'c',
            outcome: 'missed',
            state: 'closed',
            closed_at: at('09:01:00'),
            code: 4408,
          },
        ],
        settled: { at: at('09:20:00'), by_name: 'Mary' },
        read: { at: at('09:05:00'), way: 'all' },
        deleted_at: at('09:30:00'),
      }),
    ).toEqual([
      'Written, because of John Doe',
      'Sent to Firefox on Linux',
      'Firefox on Linux ended without it',
      'Read with all others',
      'Sent to Firefox on Linux, when it came back',
      'Settled by Mary',
      'Left the inbox',
    ])
  })

  test('says of a connection where it was, how it ended, and whether it was heard of since', () => {
    const more = (changes: Partial<TracedConnection>) =>
      storyOf({ ...trace, connections: [{ ...connection, ...changes }] })[1]?.more
    expect(more({})).toBe(
      `abcd1234-7 at app-1:8000, open since ${moment(at('08:00:00'))}. Last heard of at ${moment(at('09:00:25'))}.`,
    )
    expect(more({ answered: false, state: 'closed', closed_at: at('09:01:00'), code: 1006 })).toBe(
      `abcd1234-7 at app-1:8000, from ${moment(at('08:00:00'))} to ${moment(at('09:01:00'))}, the connection broke. ` +
        'Nothing was heard of it since.',
    )
    expect([endOf({ state: 'lost', code: null }), endOf({ state: 'closed', code: 4999 })]).toEqual([
      'its server ended without a word',
      'code 4999',
    ])
  })
})

test('whether news reaches somebody, and what they do not want', () => {
  const reach: PersonReach = {
    id: JANE,
    name: 'Jane',
    status: 'archived',
    connections: 0,
    last_connected_at: null,
    known_since: at('09:00:00'),
    unwanted_types: ['goal_accepted', 'payslip_ready'],
    muted: [{ object: { type: 'goal', id: '1' }, muted_at: at('09:00:00') }],
  }
  expect(reachText(reach, [{ value: 'goal_accepted', label: 'Goal accepted' }])).toEqual([
    `Jane has not been connected since ${moment(at('09:00:00'))} or longer.`,
    'The account is archived: nobody can sign in with it.',
    'They turned off “Goal accepted” and “Payslip ready”: of these nothing is written.',
    'They muted 1 thing: of these only what asks for a decision is written.',
  ])
  expect(
    reachText({ ...reach, status: 'active', connections: 2, unwanted_types: [], muted: [] }, []),
  ).toEqual(['Jane is connected with 2 pages.'])
})

test('an address that makes no sense asks for nothing', () => {
  expect(parseTraces({ person: JANE, until: '2027-03-01T09:00' })).toEqual({
    person: JANE,
    until: '2027-03-01T09:00',
  })
  expect(parseTraces({ person: 'me', until: '2027-03-41T09:00' })).toEqual({})
})

/**
 * Who hears of what: every call that changes something, with the resources that open pages are told of by it, and the
 * people who are told. A call that is not here, and is not said to tell of nothing, fails the last test.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createTestClock,
  type Person,
  type Rest,
  startServer,
  type TestServer,
  type TestSocket,
} from '../src/testing/index.ts'
import { heard, inboxOf, personal } from './goal-calls.ts'
import { draft as initiative } from './initiative-calls.ts'
import { march, payslip } from './key-calls.ts'
import { allAnswers, cycleBody, readReview, reviewId } from './review-calls.ts'

type Who = 'mary' | 'jane' | 'john' | 'hana' | 'ada' | 'rita'
/** Names of those who hear of each resource. */
type Told = Record<string, string>

let server: TestServer
let cast: Record<Who, Person>
const rests = new Map<string, Rest>()
const sockets = new Map<string, TestSocket>()
const read = new Map<string, number>()
const tried = new Set<string>()

/** Everybody who is connected. */
const ALL = 'ada hana jane john mary rita'
/** Those above John, those whose permission opens the goals of all, and himself. */
const OF_JOHN = 'ada hana jane john mary'
const JSON_TYPE = { headers: { 'content-type': 'application/json', 'x-requested-with': 'pms' } }

beforeAll(async () => {
  server = await startServer({ clock: createTestClock(), limits: { commandsPerSecond: 10_000 } })
  cast = { ...(await server.addOrganisation()), rita: await server.addPerson('Rita Ray') }
  for (const [who, person] of Object.entries(cast)) {
    rests.set(who, await server.as(person))
    const socket = await server.socket(person, { query: { since: '0' } })
    await socket.next('sync')
    sockets.set(who, socket)
  }
  await news()
})
afterAll(() => server.close())

const as = (who: Who): Rest => rests.get(who) as Rest

/** What each was told since this was last asked. @param told what is known of it already */
async function news(told = new Map<string, Set<string>>()): Promise<Told> {
  for (const [who, socket] of sockets) {
    const messages = await heard(socket)
    for (const { type, resource } of messages.slice(read.get(who) ?? 0)) {
      if (type !== 'resource_changed') continue
      const key = String(resource)
      told.set(key, (told.get(key) ?? new Set()).add(who))
    }
    read.set(who, messages.length)
  }
  return Object.fromEntries([...told].map(([resource, who]) => [resource, [...who].sort().join(' ')]))
}

interface Call {
  at?: Record<string, string>
  body?: unknown
}

/** Calls, as it must be possible, and says who is told by it. */
async function call<T = { id: string }>(by: Who | Rest, key: string, { at = {}, body }: Call, told: Told) {
  tried.add(key)
  const [method = '', template = ''] = key.split(' ')
  const path = template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(at[name] ?? ''))
  const rest = typeof by === 'string' ? as(by) : by
  const reply = await rest.call<T>(method.toUpperCase(), path, { ...JSON_TYPE, body })
  expect(reply.status, `${key}: ${JSON.stringify(reply.body)}`).toBeLessThan(300)
  // Broadcasts that follow one another come in turns.
  const heardOf = new Map<string, Set<string>>()
  await expect.poll(() => news(heardOf), { message: key, interval: 5 }).toEqual(told)
  return reply.body
}

test('units and people: everybody, and of teams those above', async () => {
  const all = await call('hana', 'post /api/units', { body: { name: 'All', kind: 'global' } }, { unit: ALL })
  await call('hana', 'patch /api/units/{id}', { at: all, body: { name: 'Whole' } }, { unit: ALL })
  await call('hana', 'delete /api/units/{id}', { at: all }, { unit: ALL })

  const { id } = await call(
    'hana',
    'post /api/users',
    { body: { name: 'Nia Obi', email: 'nia@example.test', supervisor_id: cast.jane.id } },
    { user: ALL, team: 'jane mary' },
  )
  const nia = { id }
  const { path } = await call<{ path: string }>(
    'hana',
    'post /api/users/{id}/onboarding-link',
    { at: nia },
    { user: 'ada hana' },
  )
  const token = path.split('token=')[1]
  const password = 'correct horse battery'
  const body = { token, password }
  const { access_token } = await call<{ access_token: string }>(
    server.browser(),
    'post /api/auth/onboarding',
    { body },
    { user: 'ada hana' },
  )
  const change = { current_password: password, password: 'another battery' }
  await call(server.rest(access_token), 'put /api/auth/password', { body: change }, { user: 'ada hana' })

  const rita = { id: cast.rita.id }
  const edit = { at: rita, body: { supervisor_id: cast.jane.id } }
  await call('hana', 'patch /api/users/{id}', edit, { user: ALL, team: 'jane mary' })
  await call('rita', 'patch /api/users/me', { body: { name: 'Rita Roe' } }, { user: ALL })
  await call('ada', 'put /api/users/{id}/role', { at: rita, body: { role: 'hr' } }, { user: ALL })
  await call('ada', 'put /api/users/{id}/role', { at: rita, body: { role: 'staff' } }, { user: ALL })
  await call('hana', 'put /api/users/{id}/status', { at: nia, body: { status: 'on_leave' } }, { user: ALL })
  await call('hana', 'put /api/users/{id}/archive', { at: nia, body: {} }, { user: ALL, team: 'jane mary' })
  await call(
    'hana',
    'put /api/users/{id}/erase',
    { at: nia, body: { email: 'nia@example.test' } },
    { user: ALL },
  )
})

test('absences: both, and those who keep accounts; everybody, once it is now', async () => {
  const days = { from: '2027-03-01', to: '2027-03-05' }
  const told = { delegation: 'ada hana jane rita', user: ALL, team: 'rita' }
  const body = { ...days, delegate_id: cast.rita.id }
  const now = await call('jane', 'post /api/delegations', { body }, told)
  await call('jane', 'delete /api/delegations/{id}', { at: now }, told)
  const later = { ...body, from: '2027-04-01', to: '2027-04-05' }
  await call('jane', 'post /api/delegations', { body: later }, { delegation: 'ada hana jane rita' })
})

test('goals: whoever may see them', async () => {
  const goal = { goal: OF_JOHN }
  const own = await call('john', 'post /api/goals', { body: personal }, goal)
  await call('john', 'patch /api/goals/{id}', { at: own, body: { title: 'Learn Rust' } }, goal)
  await call('jane', 'put /api/goals/{id}/reject', { at: own, body: { reason: 'Too vague' } }, goal)
  await call('john', 'put /api/goals/{id}/resubmit', { at: own, body: {} }, goal)
  await call('jane', 'put /api/goals/{id}/approve', { at: own, body: {} }, goal)
  const progress = { at: own, body: { percent: 100, note: 'Done' } }
  await call('john', 'put /api/goals/{id}/progress', progress, goal)
  await call('john', 'put /api/goals/{id}/achieve', { at: own, body: {} }, goal)

  const given = { ...personal, assigned_to_user_id: cast.john.id }
  const first = await call('jane', 'post /api/goals/assign', { body: given }, goal)
  await call('john', 'put /api/goals/{id}/decline', { at: first, body: { reason: 'No time' } }, goal)
  const second = await call('jane', 'post /api/goals/assign', { body: given }, goal)
  await call('john', 'put /api/goals/{id}/accept', { at: second, body: {} }, goal)
  await call('jane', 'put /api/goals/{id}/discard', { at: second, body: { reason: 'Plans changed' } }, goal)
  const many = { ...personal, user_ids: [cast.john.id] }
  await call('jane', 'post /api/goals/bulk-assign', { body: many }, goal)

  const ofAll = { title: 'Grow', type: 'YEARLY', year: 2027 }
  const told = { goal: 'ada hana', organisation_goal: ALL }
  await call('hana', 'post /api/goals', { body: ofAll }, told)
  const body = { year: 2028, quarter: 'Q1' }
  const freeze = await call('hana', 'post /api/goal-freezes', { body }, { goal_freeze: ALL })
  await call('hana', 'delete /api/goal-freezes/{id}', { at: freeze }, { goal_freeze: ALL })
})

test('initiatives: whoever may see them', async () => {
  const told = { initiative: OF_JOHN }
  const own = await call('john', 'post /api/initiatives', { body: initiative }, told)
  await call('jane', 'put /api/initiatives/{id}/reject', { at: own, body: { reason: 'Too vague' } }, told)
  await call('john', 'patch /api/initiatives/{id}', { at: own, body: { title: 'Tidy the cellar' } }, told)
  await call('john', 'put /api/initiatives/{id}/resubmit', { at: own, body: {} }, told)
  await call(
    'jane',
    'post /api/approvals/decide',
    {
      body: {
        decisions: [{ kind: 'initiative_approval', id: own.id, decision: 'reject', reason: 'Still vague' }],
      },
    },
    told,
  )
  await call('john', 'put /api/initiatives/{id}/resubmit', { at: own, body: {} }, told)
  await call('jane', 'put /api/initiatives/{id}/approve', { at: own, body: {} }, told)
  await call('john', 'put /api/initiatives/{id}/start', { at: own, body: {} }, told)
  await call('john', 'put /api/initiatives/{id}/submit', { at: own, body: { report: 'Done' } }, told)
  await call('jane', 'put /api/initiatives/{id}/return', { at: own, body: { feedback: 'More' } }, told)
  await call('john', 'put /api/initiatives/{id}/submit', { at: own, body: { report: 'Done' } }, told)
  await call('jane', 'put /api/initiatives/{id}/review', { at: own, body: { score: 8 } }, told)

  const body = { ...initiative, assignee_ids: [cast.john.id] }
  const given = await call('jane', 'post /api/initiatives/assign', { body }, told)
  const ask = async () => {
    const more = { new_due_date: '2027-03-20', reason: 'The boxes are late' }
    const { extensions } = await call<{ extensions: { id: string }[] }>(
      'john',
      'post /api/initiatives/{id}/extensions',
      { at: given, body: more },
      told,
    )
    return { ...given, extension_id: extensions.at(-1)?.id ?? '' }
  }
  const reason = { reason: 'They are needed' }
  const deny = 'put /api/initiatives/{id}/extensions/{extension_id}/deny'
  await call('jane', deny, { at: await ask(), body: reason }, told)
  const approve = 'put /api/initiatives/{id}/extensions/{extension_id}/approve'
  await call('jane', approve, { at: await ask(), body: {} }, told)
  const hands = { assignee_ids: [cast.rita.id] }
  await call('jane', 'put /api/initiatives/{id}/reassign', { at: given, body: hands }, { initiative: ALL })
})

test('a request for more time that goes to somebody else is told as what its pages show', async () => {
  const body = { ...initiative, assignee_ids: [cast.john.id] }
  const given = await call('jane', 'post /api/initiatives/assign', { body }, { initiative: OF_JOHN })
  const more = { new_due_date: '2027-03-20', reason: 'The boxes are late' }
  await as('john').post(`/api/initiatives/${given.id}/extensions`, more)
  await news()
  const jane = { id: cast.jane.id }
  const away = { at: jane, body: { status: 'on_leave' } }
  await call('hana', 'put /api/users/{id}/status', away, { user: ALL, initiative: 'jane john mary' })
  const back = { at: jane, body: { status: 'active' } }
  await call('hana', 'put /api/users/{id}/status', back, { user: ALL, initiative: 'jane john mary' })
})

test('reviews: those above, those who manage them and their writer; the one reviewed hears nothing of others', async () => {
  const body = { ...cycleBody, audience: { scope: 'people', user_ids: [cast.john.id] } }
  // Supervisors see what is prepared for somebody below them.
  const prepared = { review_cycle: 'ada hana jane mary' }
  const cycle = await call('hana', 'post /api/review-cycles', { body }, prepared)
  await call('hana', 'patch /api/review-cycles/{id}', { at: cycle, body: { name: 'Spring' } }, prepared)
  const peers = 'put /api/review-cycles/{id}/participants/{user_id}/peers'
  const at = { ...cycle, user_id: cast.john.id }
  await call('jane', peers, { at, body: { peer_ids: [cast.rita.id] } }, prepared)
  const begun = { review_cycle: ALL, review: 'jane john rita' }
  await call('hana', 'put /api/review-cycles/{id}/activate', { at: cycle, body: {} }, begun)

  const id = await reviewId(server, cycle.id, cast.john, cast.rita)
  const ofPeer = { review: 'ada hana jane mary rita' }
  const answers = async (rating: number) => allAnswers(await readReview(as('rita'), id), rating)
  await call('rita', 'put /api/reviews/{id}/answers', { at: { id }, body: await answers(4) }, ofPeer)
  const own = { review: 'rita' }
  await call('rita', 'put /api/reviews/{id}/answers', { at: { id }, body: await answers(5) }, own)
  await call('rita', 'put /api/reviews/{id}/submit', { at: { id }, body: {} }, ofPeer)
  await call('hana', 'put /api/reviews/{id}/reopen', { at: { id }, body: {} }, ofPeer)
  const to = { reviewer_id: cast.ada.id }
  await call('hana', 'put /api/reviews/{id}/reassign', { at: { id }, body: to }, ofPeer)

  // Who writes nothing in it any more has no part in it.
  const ended = { review_cycle: OF_JOHN, review: 'ada jane john' }
  await call('hana', 'put /api/review-cycles/{id}/complete', { at: cycle, body: {} }, ended)
  const other = await call('hana', 'post /api/review-cycles', { body }, prepared)
  const reason = { reason: 'Wrong questions' }
  await call('hana', 'put /api/review-cycles/{id}/cancel', { at: other, body: reason }, prepared)
})

test('one’s own: sessions and wishes on all one’s pages; keys and types', async () => {
  const { id } = await server.addPerson('Sam Own', { password: 'correct horse battery' })
  await news()
  const sam = { id, name: 'Sam Own', email: 'sam.own@example.test' }
  const socket = await server.socket(sam, { query: { since: '0' } })
  await socket.next('sync')
  sockets.set('sam', socket)
  await news()
  const browser = server.browser()
  const credentials = { email: sam.email, password: 'correct horse battery' }
  const own = { session: 'sam' }
  const here = await call<{ access_token: string }>(
    browser,
    'post /api/auth/login',
    { body: credentials },
    own,
  )
  await call(browser, 'post /api/auth/logout', {}, own)
  await call(server.browser(), 'post /api/auth/login', { body: credentials }, own)
  const rest = await server.as(sam)
  const { items } = (
    await rest.get<{ items: { id: string; user_agent: string; current: boolean }[] }>('/api/auth/sessions')
  ).body
  const other = items.find(({ current, user_agent }) => !current && user_agent !== 'test')
  await call(rest, 'delete /api/auth/sessions/{id}', { at: { id: other?.id ?? '' } }, own)
  expect(here.access_token).not.toBe('')
  // This ends the socket's as well, which is told by its end.
  tried.add('delete /api/auth/sessions')
  expect((await rest.delete('/api/auth/sessions')).status).toBe(200)
  await socket.closed
  sockets.delete('sam')

  const wishes = { notification_preferences: 'john' }
  const muted = { goal_approved: { sound: false } }
  await call('john', 'put /api/preferences/notifications', { body: muted }, wishes)
  const { notifications } = await inboxOf(as('john'))
  const about = notifications.find(({ type }) => type === 'goal_approved')
  const thing = { notification_id: about?.id }
  await call('john', 'put /api/preferences/muted-things', { body: thing }, wishes)
  const at = { type: 'goal', id: String(about?.data.goal_id) }
  await call('john', 'delete /api/preferences/muted-things/{type}/{id}', { at }, wishes)

  const body = { name: 'Payroll', scopes: ['notifications.create'] }
  const key = await call<{ id: string; key: string }>(
    'ada',
    'post /api/api-keys',
    { body },
    { api_key: 'ada' },
  )
  const types = { notification_type: ALL }
  await call('ada', 'post /api/notification-types', { body: payslip }, types)
  const { type, ...words } = payslip
  await call('ada', 'put /api/notification-types/{type}', { at: { type }, body: words }, types)
  const raised = { type, to: [{ user_id: cast.john.id }], data: march }
  await call(server.rest(key.key), 'post /api/notifications', { body: raised }, {})
  await call('ada', 'delete /api/api-keys/{id}', { at: key }, { api_key: 'ada' })
})

test('announcements: those who look after them; readers as it reaches them', async () => {
  const told = { announcement: 'ada hana' }
  const body = { title: 'Fire drill', body: 'At ten.', audience: 'everyone', requires_acknowledgement: true }
  const first = await call('hana', 'post /api/announcements', { body }, told)
  await call('hana', 'patch /api/announcements/{id}', { at: first, body: { title: 'Drill' } }, told)
  await call('hana', 'delete /api/announcements/{id}', { at: first }, told)
  const second = await call('hana', 'post /api/announcements', { body }, told)
  await call('hana', 'put /api/announcements/{id}/publish', { at: second, body: {} }, { announcement: ALL })
  // At most twice a second those who watch how it gets on.
  const ownToo = { announcement: 'ada hana john' }
  await call('john', 'put /api/announcements/{id}/acknowledge', { at: second }, ownToo)
})

/** Calls that open pages need not be told of, and why. */
const TELLS_OF_NOTHING: Record<string, string> = {
  'post /api/auth/refresh': 'A token is renewed; who is signed in stays the same',
  'post /api/attachments': 'A file is on nobody’s page before something is sent with it',
  'delete /api/attachments/{id}': 'Only who uploaded it, and has not sent it yet, takes it back',
  'put /api/notifications/mark-all-read': 'The inbox tells of itself, with a version',
  'post /api/notifications/mark-all-read/undo': 'The inbox tells of itself',
  'post /api/notifications/bulk': 'The inbox tells of itself',
  'delete /api/notifications/{id}': 'The inbox tells of itself',
  'put /api/notifications/{id}/read': 'The inbox tells of itself',
  'put /api/notifications/{id}/unread': 'The inbox tells of itself',
  'post /api/notifications/{id}/restore': 'The inbox tells of itself',
  'post /api/notifications/ws-ticket': 'It opens one socket and shows nowhere',
}

test('every call that changes something is known here', async () => {
  const { body } = await server.rest().get<{ paths: Record<string, object> }>('/api/openapi.json')
  const calls = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter(method => method !== 'get')
      .map(method => `${method} ${path}`),
  )
  expect([...tried, ...Object.keys(TELLS_OF_NOTHING)].sort()).toEqual(calls.sort())
})

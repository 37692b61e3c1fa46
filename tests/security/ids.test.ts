/** Ids of what is somebody else's, tried by every verb on every route there is. A new route needs a line here. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contentOf } from './content.ts'
import { HIDDEN, type Route, routesOf, type Scene, type Schema, setScene } from './scene.ts'

type Ids = Scene['ids']

interface Attempt {
  /** The path with its ids. */
  path(ids: Ids): string
  /** What the route wants to hear, so that it is the caller who is refused. */
  body?(ids: Ids): object
  /** Answers 200 to everybody, because of this. */
  open?: string
}

const user = (rest = '', body?: object): Attempt => ({
  path: ({ user: id }) => `/api/users/${id}${rest}`,
  ...(body && { body: () => body }),
})
const goal = (rest = '', body?: object): Attempt => ({
  path: ({ goal: id }) => `/api/goals/${id}${rest}`,
  ...(body && { body: () => body }),
})
const initiative = (rest = '', body?: object): Attempt => ({
  path: ({ initiative: id }) => `/api/initiatives/${id}${rest}`,
  ...(body && { body: () => body }),
})
const started = (rest: string, body?: object): Attempt => ({
  path: ({ started: id }) => `/api/initiatives/${id}${rest}`,
  ...(body && { body: () => body }),
})
const cycle = (rest = '', body?: object): Attempt => ({
  path: ({ cycle: id }) => `/api/review-cycles/${id}${rest}`,
  ...(body && { body: () => body }),
})
const review = (rest = '', body?: object): Attempt => ({
  path: ({ review: id }) => `/api/reviews/${id}${rest}`,
  ...(body && { body: () => body }),
})
const notification = (rest = ''): Attempt => ({
  path: ({ notification: id }) => `/api/notifications/${id}${rest}`,
})
const reason = { reason: 'Because' }
const draft = (rest = '', body?: object): Attempt => ({
  path: ({ announcement: id }) => `/api/announcements/${id}${rest}`,
  ...(body && { body: () => body }),
})

/** Every route with an id in its path. */
const IN_PATHS: Record<string, Attempt> = {
  'DELETE /api/auth/sessions/{id}': { path: ({ session }) => `/api/auth/sessions/${session}` },
  'GET /api/users/{id}': { ...user(), open: 'the directory of colleagues' },
  'PATCH /api/users/{id}': user('', { name: 'Sam was here' }),
  'POST /api/users/{id}/onboarding-link': user('/onboarding-link'),
  'PUT /api/users/{id}/status': user('/status', { status: 'suspended' }),
  'PUT /api/users/{id}/role': user('/role', { role: 'admin' }),
  'PUT /api/users/{id}/archive': user('/archive', {}),
  'PUT /api/users/{id}/erase': user('/erase', { email: 'sam@example.test' }),
  'GET /api/users/{id}/open-work': user('/open-work'),
  'GET /api/users/{id}/history': user('/history'),
  'GET /api/users/{id}/data': user('/data'),
  'PATCH /api/units/{id}': { path: ({ unit }) => `/api/units/${unit}`, body: () => ({ name: 'Mine' }) },
  'DELETE /api/units/{id}': { path: ({ unit }) => `/api/units/${unit}` },
  'DELETE /api/delegations/{id}': { path: ({ delegation }) => `/api/delegations/${delegation}` },
  'GET /api/attachments/{id}/content': { path: ({ attachment }) => `/api/attachments/${attachment}/content` },
  'DELETE /api/attachments/{id}': { path: ({ attachment }) => `/api/attachments/${attachment}` },
  'GET /api/system/people/{id}/reach': { path: ({ user: id }) => `/api/system/people/${id}/reach` },
  'GET /api/system/notifications/{id}/trace': {
    path: ({ notification: id }) => `/api/system/notifications/${id}/trace`,
  },
  'GET /api/goals/{id}': goal(),
  'PATCH /api/goals/{id}': goal('', { title: 'Mine' }),
  'PUT /api/goals/{id}/approve': goal('/approve', {}),
  'PUT /api/goals/{id}/reject': goal('/reject', reason),
  'PUT /api/goals/{id}/accept': goal('/accept', {}),
  'PUT /api/goals/{id}/decline': goal('/decline', reason),
  'PUT /api/goals/{id}/resubmit': goal('/resubmit', {}),
  'PUT /api/goals/{id}/progress': goal('/progress', { percent: 50, note: 'Half' }),
  'PUT /api/goals/{id}/achieve': goal('/achieve'),
  'PUT /api/goals/{id}/discard': goal('/discard', reason),
  'GET /api/initiatives/{id}': initiative(),
  'PATCH /api/initiatives/{id}': initiative('', { title: 'Mine' }),
  'POST /api/initiatives/{id}/extensions': started('/extensions', { new_due_date: '2027-03-22', ...reason }),
  'PUT /api/initiatives/{id}/approve': initiative('/approve', {}),
  'PUT /api/initiatives/{id}/reject': initiative('/reject', reason),
  'PUT /api/initiatives/{id}/resubmit': initiative('/resubmit', {}),
  'PUT /api/initiatives/{id}/start': initiative('/start'),
  'PUT /api/initiatives/{id}/submit': started('/submit', { report: 'Done' }),
  'PUT /api/initiatives/{id}/review': started('/review', { score: 10 }),
  'PUT /api/initiatives/{id}/return': started('/return', { feedback: 'Again' }),
  'PUT /api/initiatives/{id}/reassign': {
    path: ({ started: id }) => `/api/initiatives/${id}/reassign`,
    body: ids => ({ assignee_ids: [ids.stranger] }),
  },
  'PUT /api/initiatives/{id}/extensions/{extension_id}/approve': {
    path: ids => `/api/initiatives/${ids.started}/extensions/${ids.extension}/approve`,
    body: () => ({}),
  },
  'PUT /api/initiatives/{id}/extensions/{extension_id}/deny': {
    path: ids => `/api/initiatives/${ids.started}/extensions/${ids.extension}/deny`,
    body: () => reason,
  },
  'DELETE /api/goal-freezes/{id}': { path: ({ freeze }) => `/api/goal-freezes/${freeze}` },
  'GET /api/review-cycles/{id}': cycle(),
  'PATCH /api/review-cycles/{id}': cycle('', { name: 'Mine' }),
  'GET /api/review-cycles/{id}/participants': cycle('/participants'),
  'PUT /api/review-cycles/{id}/participants/{user_id}/peers': {
    path: ids => `/api/review-cycles/${ids.cycleDraft}/participants/${ids.user}/peers`,
    body: ids => ({ peer_ids: [ids.stranger] }),
  },
  'GET /api/review-cycles/{id}/funnel': cycle('/funnel'),
  'GET /api/review-cycles/{id}/results/{user_id}': {
    path: ids => `/api/review-cycles/${ids.cycle}/results/${ids.user}`,
  },
  'PUT /api/review-cycles/{id}/activate': {
    path: ({ cycleDraft }) => `/api/review-cycles/${cycleDraft}/activate`,
  },
  'PUT /api/review-cycles/{id}/complete': cycle('/complete'),
  'PUT /api/review-cycles/{id}/cancel': cycle('/cancel', reason),
  'GET /api/reviews/{id}': review(),
  'PUT /api/reviews/{id}/answers': review('/answers', { answers: [] }),
  'PUT /api/reviews/{id}/submit': review('/submit', {}),
  'PUT /api/reviews/{id}/reopen': review('/reopen', {}),
  'PUT /api/reviews/{id}/reassign': {
    path: ids => `/api/reviews/${ids.review}/reassign`,
    body: ids => ({ reviewer_id: ids.stranger }),
  },
  'GET /api/announcements/{id}': draft(),
  'PATCH /api/announcements/{id}': draft('', { title: 'Mine' }),
  'DELETE /api/announcements/{id}': draft(),
  'PUT /api/announcements/{id}/publish': draft('/publish'),
  'PUT /api/announcements/{id}/acknowledge': {
    path: ({ published }) => `/api/announcements/${published}/acknowledge`,
  },
  'GET /api/announcements/{id}/acknowledgements': {
    path: ({ published }) => `/api/announcements/${published}/acknowledgements`,
  },
  'GET /api/notifications/{id}': notification(),
  'DELETE /api/notifications/{id}': notification(),
  'PUT /api/notifications/{id}/read': notification('/read'),
  'PUT /api/notifications/{id}/unread': notification('/unread'),
  'POST /api/notifications/{id}/restore': notification('/restore'),
  'DELETE /api/preferences/muted-things/{type}/{id}': {
    path: ids => `/api/preferences/muted-things/goal/${ids.goal}`,
    open: 'it is about what the caller has muted, which is nothing',
  },
  'DELETE /api/api-keys/{id}': { path: ({ key }) => `/api/api-keys/${key}` },
  'PUT /api/notification-types/{type}': {
    path: ({ type }) => `/api/notification-types/${type}`,
    body: () => ({
      priority: 'urgent',
      title: 'Mine',
      message: 'Mine',
      data_schema: { type: 'object', properties: {} },
    }),
  },
}

/** Bodies that name somebody or something. Each is refused, or refuses each of its rows. */
const IN_BODIES: Record<string, (ids: Ids) => object> = {
  'POST /api/users': ids => ({ name: 'Mole', email: 'mole@example.test', supervisor_id: ids.user }),
  'POST /api/units': ids => ({ name: 'Mine', kind: 'directorate', parent_id: ids.unit }),
  'POST /api/delegations': ids => ({
    user_id: ids.user,
    delegate_id: ids.stranger,
    from: '2027-03-02',
    to: '2027-03-03',
  }),
  'POST /api/goals': ids => ({
    title: 'x',
    type: 'INDIVIDUAL',
    quarter: 'Q1',
    year: 2027,
    parent_goal_id: ids.goal,
  }),
  'POST /api/goals/assign': ids => ({
    title: 'x',
    type: 'INDIVIDUAL',
    quarter: 'Q1',
    year: 2027,
    assigned_to_user_id: ids.user,
  }),
  'POST /api/goals/bulk-assign': ids => ({
    title: 'x',
    type: 'INDIVIDUAL',
    quarter: 'Q1',
    year: 2027,
    user_ids: [ids.user, ids.supervisor],
  }),
  'POST /api/initiatives': ids => ({
    title: 'x',
    type: 'INDIVIDUAL',
    urgency: 'LOW',
    due_date: '2027-03-20',
    goal_id: ids.goal,
  }),
  'POST /api/initiatives/assign': ids => ({
    title: 'x',
    type: 'INDIVIDUAL',
    urgency: 'LOW',
    due_date: '2027-03-20',
    assignee_ids: [ids.user],
  }),
  'POST /api/review-cycles': ids => ({
    name: 'Mine',
    period_start: '2027-01-01',
    period_end: '2027-03-31',
    deadline: '2027-04-01',
    audience: { scope: 'people', user_ids: [ids.user] },
  }),
  'POST /api/announcements': ids => ({ title: 'x', body: 'x', audience: 'unit', unit_id: ids.unit }),
  'POST /api/approvals/decide': ids => ({
    decisions: [
      { kind: 'goal', id: ids.goal, decision: 'approve' },
      { kind: 'initiative', id: ids.initiative, decision: 'approve' },
      { kind: 'extension', id: ids.extension, decision: 'approve' },
    ],
  }),
  'POST /api/notifications/bulk': ids => ({ ids: [ids.notification], action: 'delete' }),
  'PUT /api/preferences/muted-things': ids => ({ notification_id: ids.notification }),
  // Nobody but a key raises anything: a person is refused before their words are looked at.
  'POST /api/notifications': ids => ({ type: ids.type, to: [{ user_id: ids.user }], data: {} }),
}

let scene: Scene
let routes: Route[]
beforeAll(async () => {
  scene = await setScene()
  routes = await routesOf(scene)
})
afterAll(() => scene.server.close())

const nameOf = ({ method, path }: Route) => `${method} ${path}`

function namesSomething(schema: Schema): boolean {
  if (schema.format === 'uuid') return true
  return [...Object.values(schema.properties ?? {}), ...(schema.anyOf ?? []), schema.items].some(
    part => part !== undefined && namesSomething(part),
  )
}

describe('a stranger', () => {
  test('is tried on every route that has an id in its path', () => {
    const withIds = routes.filter(({ path }) => path.includes('{')).map(nameOf)
    expect(withIds.length).toBeGreaterThan(50)
    expect(Object.keys(IN_PATHS).sort()).toEqual(withIds.sort())
  })

  test('is tried on every other route whose body names something', () => {
    const naming = routes.filter(({ path, body }) => !path.includes('{') && body && namesSomething(body))
    expect(Object.keys(IN_BODIES).sort()).toEqual(naming.map(nameOf).sort())
  })

  test('finds no route that changes what was written down of who did what', () => {
    expect(routes.filter(({ path }) => path.startsWith('/api/audit')).map(nameOf)).toEqual(['GET /api/audit'])
  })

  test('reads and changes nothing by an id in a path', async () => {
    const before = await contentOf(scene.server)
    for (const [name, { path, body, open }] of Object.entries(IN_PATHS)) {
      const [method = ''] = name.split(' ')
      const options = body ? { body: body(scene.ids) } : {}
      const answer = await scene.stranger.call(method, path(scene.ids), options)
      expect([name, answer.status, answer.body]).toEqual([
        name,
        expect.toSatisfy(status => (open ? status === 200 : status === 403 || status === 404)),
        expect.anything(),
      ])
      expect(JSON.stringify(answer.body), name).not.toContain(HIDDEN)
      expect(await contentOf(scene.server), name).toEqual(before)
    }
  })

  test('reads and changes nothing by an id in a body', async () => {
    const before = await contentOf(scene.server)
    for (const [name, body] of Object.entries(IN_BODIES)) {
      const [method = '', path = ''] = name.split(' ')
      const answer = await scene.stranger.call(method, path, { body: body(scene.ids) })
      expect([name, answer.status < 500], JSON.stringify(answer.body)).toEqual([name, true])
      expect(JSON.stringify(answer.body), name).not.toContain(HIDDEN)
      expect(await contentOf(scene.server), name).toEqual(before)
    }
  })

  test('lists nothing of others, whichever id is asked for', async () => {
    for (const route of routes.filter(({ method, path }) => method === 'GET' && !path.includes('{'))) {
      const about = route.query.filter(name => name.endsWith('_id'))
      const queries = ['', ...about.flatMap(name => Object.values(scene.ids).map(id => `?${name}=${id}`))]
      if (route.query.includes('search')) queries.push(`?search=${HIDDEN}`)
      for (const scope of route.query.includes('scope') ? ['all', 'team', 'everyone'] : [])
        queries.push(`?scope=${scope}`)
      for (const query of queries) {
        const { status, body } = await scene.stranger.get(`${route.path}${query}`)
        expect(status, `${route.path}${query}`).toBeLessThan(500)
        // The directory names what it was asked for nowhere, so nothing is left out here.
        expect(JSON.stringify(body), `${route.path}${query}`).not.toContain(HIDDEN)
      }
    }
  })
})

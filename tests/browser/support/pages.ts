/** Every page of the app, with somebody who may see it and something on it: for what goes through all of them. */
import { expect, type Page } from '@playwright/test'
import { type Account, type Demo, done, firstOf } from './demo.ts'
import { dayIn } from './initiatives.ts'

export interface Place {
  name: string
  /** Which of the router's it is. */
  route: string
  /** Who looks; null: nobody is signed in. */
  who: Account | null
  path: string
  /** The heading by which one knows that the page is there. */
  heading: string | RegExp
  /** What opens a dialog on it: the name of a button, and of what is chosen from its menu. */
  dialog?: readonly [button: string, item?: string]
}

/** Titles and names as nobody wishes them, but as somebody types them. */
const LONG =
  'Bring the response times of the customer service down to less than a working day, every day of the year'
const UNBROKEN = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
const LONG_NAME = 'Maximiliane Theodora von Hohenzollern-Sigmaringen zu Altenstein'
const FROM_THE_RIGHT = 'محمد عبد الرحمن الخوارزمي'

/** Puts what is hard to lay out among what the demo has. */
async function addAwkward(demo: Demo) {
  const [john, jane, hr] = await Promise.all([demo.as('john.doe'), demo.as('jane.smith'), demo.as('hr')])
  const { id: supervisor_id } = await done(jane.get<{ id: string }>('/api/auth/me'))
  for (const [index, name] of [LONG_NAME, FROM_THE_RIGHT].entries())
    await done(
      hr.post('/api/users', {
        name,
        email: `awkward-${index}@pms.test`,
        job_title: 'Deputy Head of Intercontinental Maritime Customer Relations',
        unit_id: null,
        supervisor_id,
        role: 'staff',
      }),
    )
  const { id: parent_goal_id } = await firstOf(hr, '/api/goals?scope=organisation&limit=1')
  const period = { type: 'INDIVIDUAL', quarter: 'Q1', year: 2027, parent_goal_id }
  const goal = await done(john.post<{ id: string }>('/api/goals', { ...period, title: LONG }))
  await done(john.post('/api/goals', { ...period, title: UNBROKEN }))
  const plan = { type: 'INDIVIDUAL', urgency: 'URGENT', due_date: dayIn(20), title: `${LONG}, and a half` }
  const initiative = await done(john.post<{ id: string }>('/api/initiatives', plan))
  await done(jane.put(`/api/initiatives/${initiative.id}/reject`, { reason: `${UNBROKEN}: ${LONG}.` }))
  return { goal: goal.id, initiative: initiative.id }
}

export async function listPlaces(demo: Demo): Promise<Place[]> {
  const { goal: awkwardGoal, initiative: awkwardInitiative } = await addAwkward(demo)
  const [john, jane, hr] = await Promise.all([demo.as('john.doe'), demo.as('jane.smith'), demo.as('hr')])
  const me = await done(john.get<{ id: string }>('/api/auth/me'))
  const { notifications } = await done(
    john.get<{ notifications: { id: string; type: string }[] }>('/api/notifications?limit=1'),
  )
  const news = notifications[0] ?? { id: '', type: '' }
  const goal = (rest: typeof john, query: string) =>
    firstOf<{ id: string; title: string }>(rest, `/api/goals?limit=1&${query}`)
  const initiative = (rest: typeof john, query: string) =>
    firstOf<{ id: string; title: string }>(rest, `/api/initiatives?limit=1&${query}`)
  const cycle = (status: string) =>
    firstOf<{ id: string; name: string }>(hr, `/api/review-cycles?limit=1&status=${status}`)
  const announcement = (status: string) =>
    firstOf<{ id: string; title: string }>(hr, `/api/announcements?limit=1&status=${status}`)

  const active = await goal(john, 'scope=mine&status=ACTIVE')
  const rejected = await goal(john, 'scope=mine&status=REJECTED')
  const assigned = await goal(john, 'scope=mine&status=PENDING_ACCEPTANCE')
  const top = await done(john.get<{ items: { id: string; children: number }[] }>('/api/goals/tree?limit=100'))
  const tree = top.items.flatMap(({ id, children }) => (children > 0 ? id : [])).join('.')
  const work = await done(
    john.get<{ items: { id: string; title: string; allowed_actions: string[] }[] }>(
      '/api/initiatives?scope=mine&status=STARTED',
    ),
  )
  const started = work.items.find(({ allowed_actions }) => allowed_actions.includes('request_extension'))
  if (!started) throw new Error('John can ask for more time nowhere')
  const submitted = await initiative(jane, 'scope=waiting&status=COMPLETED')
  const written = await firstOf(john, '/api/reviews?limit=1&scope=mine&status=in_progress')
  const [annual, present, pilot] = [await cycle('completed'), await cycle('active'), await cycle('draft')]
  const [told, draft] = [await announcement('PUBLISHED'), await announcement('DRAFT')]
  const newcomer = await firstOf(hr, '/api/users?limit=1&search=lena.fischer')
  const link = await done(hr.post<{ path: string }>(`/api/users/${newcomer.id}/onboarding-link`, {}))

  const place =
    (who: Account | null) =>
    (
      name: string,
      route: string,
      path: string,
      heading: Place['heading'],
      dialog?: Place['dialog'],
    ): Place => ({
      ...{ name, route, who, path, heading },
      ...(dialog ? { dialog } : {}),
    })
  const [outside, asJohn, asJane, asHr, asAdmin] = [
    place(null),
    place('john.doe'),
    place('jane.smith'),
    place('hr'),
    place('admin'),
  ]
  const GOAL = '/goals/$goalId'
  const INITIATIVE = '/initiatives/$initiativeId'
  const CYCLE = '/reviews/cycles/$cycleId'
  const ANNOUNCEMENT = '/announcements/$announcementId'
  const PERSON = '/people/$personId'

  return [
    outside('sign-in', '/sign-in', '/sign-in', 'Sign in to PMS'),
    outside('welcome', '/welcome', link.path, /^Welcome/),
    outside('welcome-no-more', '/welcome', '/welcome?token=used', 'Link not good any more'),

    asJohn('home-of-staff', '/', '/', 'Home'),
    asJohn('goals', '/goals', '/goals', 'Goals'),
    asJohn('goals-organisation', '/goals', `/goals?scope=organisation&open=${tree}`, 'Goals'),
    asJohn('goals-organisation-list', '/goals', '/goals?scope=organisation&view=list', 'Goals'),
    asJohn('goals-no-match', '/goals', '/goals?search=nothing+like+this', 'Goals'),
    asJohn('goal-new', '/goals/new', '/goals/new', 'New goal'),
    asJohn('goal', GOAL, `/goals/${active.id}`, active.title),
    asJohn('goal-awkward', GOAL, `/goals/${awkwardGoal}`, LONG),
    asJohn('goal-missing', GOAL, '/goals/01a20000-0000-7000-8000-000000000000', 'Goal not found'),
    asJohn('goal-edit', '/goals/$goalId/edit', `/goals/${rejected.id}/edit`, /^Edit/),
    asJohn('goal-respond', '/goals/$goalId/respond', `/goals/${assigned.id}/respond`, assigned.title, [
      'Decline…',
    ]),
    asJohn('initiatives', '/initiatives', '/initiatives', 'Initiatives'),
    asJohn('initiative-new', '/initiatives/new', '/initiatives/new', 'New initiative'),
    asJohn('initiative', INITIATIVE, `/initiatives/${started.id}`, started.title, [
      'More actions',
      'Ask for more time…',
    ]),
    asJohn('initiative-submit', `${INITIATIVE}/submit`, `/initiatives/${started.id}/submit`, 'Submit report'),
    asJohn('initiative-returned', INITIATIVE, `/initiatives/${awkwardInitiative}`, `${LONG}, and a half`),
    asJohn(
      'initiative-edit',
      `${INITIATIVE}/edit`,
      `/initiatives/${awkwardInitiative}/edit`,
      'Edit and send again',
    ),
    asJohn('reviews', '/reviews', '/reviews', 'Reviews'),
    asJohn('review', '/reviews/$reviewId', `/reviews/${written.id}`, /review/),
    asJohn(
      'results',
      `${CYCLE}/results/$userId`,
      `/reviews/cycles/${annual.id}/results/${me.id}`,
      'Your results',
    ),
    asJohn('chart', '/people/chart', '/people/chart', 'People'),
    asJohn('profile', '/profile', '/profile', 'John Doe', ['Plan an absence']),
    asJohn('settings', '/settings', '/settings', 'Settings'),
    asJohn('settings-appearance', '/settings/appearance', '/settings/appearance', 'Settings'),
    asJohn('settings-sessions', '/settings/sessions', '/settings/sessions', 'Settings'),
    asJohn('page-missing', '/$', '/nowhere', 'Page not found'),

    asJane('home', '/', '/', 'Home'),
    asJane('inbox', '/inbox', '/inbox', 'Inbox'),
    asJane('inbox-needs-action', '/inbox', '/inbox?tab=action', 'Inbox'),
    asJane('approvals', '/approvals', '/approvals', 'Approvals'),
    asJane('approvals-sent', '/approvals', '/approvals?tab=sent', 'Approvals'),
    asJane('goals-team', '/goals', '/goals?scope=team', 'Goals'),
    asJane('goals-waiting', '/goals', '/goals?scope=waiting', 'Goals'),
    asJane('goal-assign', '/goals/assign', '/goals/assign', 'Assign a goal'),
    asJane('goal-to-decide', GOAL, `/goals/${awkwardGoal}`, LONG, ['Reject']),
    asJane('initiatives-team', '/initiatives', '/initiatives?scope=team', 'Initiatives'),
    asJane('initiatives-board', '/initiatives', '/initiatives?scope=team&view=board', 'Initiatives'),
    asJane('initiatives-calendar', '/initiatives', '/initiatives?scope=team&view=calendar', 'Initiatives'),
    asJane('initiative-assign', '/initiatives/assign', '/initiatives/assign', 'Assign an initiative'),
    asJane(
      'initiative-review',
      `${INITIATIVE}/review`,
      `/initiatives/${submitted.id}/review`,
      submitted.title,
      ['Return for more work…'],
    ),
    asJane('reviews-team', '/reviews', '/reviews?scope=team', 'Reviews'),
    asJane('announcements', '/announcements', '/announcements', 'Announcements'),
    asJane('team', '/team', '/team', 'Team'),
    asJane('person', PERSON, `/people/${me.id}`, 'John Doe'),

    asHr('goals-kept', '/goals', '/goals', 'Goals', ['Freeze a quarter']),
    asHr('people', '/people', '/people', 'People'),
    asHr('units', '/people/units', '/people/units', 'People', ['Add a unit']),
    asHr('person-new', '/people/new', '/people/new', 'Add a person'),
    asHr('person-kept', PERSON, `/people/${me.id}`, 'John Doe', ['More actions', 'Archive…']),
    asHr('person-edit', `${PERSON}/edit`, `/people/${me.id}/edit`, 'Edit John Doe'),
    asHr('cycles', '/reviews/cycles', '/reviews/cycles', 'Reviews'),
    asHr('cycle-new', '/reviews/cycles/new', '/reviews/cycles/new', 'New review cycle'),
    asHr('cycle', CYCLE, `/reviews/cycles/${present.id}`, present.name),
    asHr('cycle-reviews', CYCLE, `/reviews/cycles/${present.id}?view=reviews`, present.name),
    asHr('cycle-people', CYCLE, `/reviews/cycles/${pilot.id}?view=people`, pilot.name, ['Activate…']),
    asHr('cycle-edit', `${CYCLE}/edit`, `/reviews/cycles/${pilot.id}/edit`, /^Edit/),
    asHr('announcement-new', '/announcements/new', '/announcements/new', 'New announcement'),
    asHr('announcement', ANNOUNCEMENT, `/announcements/${told.id}`, told.title),
    asHr('announcement-draft', ANNOUNCEMENT, `/announcements/${draft.id}`, draft.title, ['Publish…']),
    asHr('announcement-edit', `${ANNOUNCEMENT}/edit`, `/announcements/${draft.id}/edit`, /^Edit/),
    asHr('audit', '/audit', '/audit', 'Audit log'),

    asAdmin('api-keys', '/api-keys', '/api-keys', 'API keys', ['New key']),
    asAdmin('notification-types', '/api-keys/types', '/api-keys/types', 'API keys', ['New type']),
    asAdmin('system', '/system', '/system', 'System'),
    asAdmin('traces', '/system/notifications', `/system/notifications?person=${me.id}`, 'System'),
    asAdmin('trace', '/system/notifications/$notificationId', `/system/notifications/${news.id}`, /./),
  ]
}

/** The router makes itself known to its own tools, and so to this. */
interface WithRouter {
  __TSR_ROUTER__: { navigate: (to: { href: string }) => Promise<void>; routesByPath: object }
}

/** The routes that the app has. */
export const routesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys((globalThis as unknown as WithRouter).__TSR_ROUTER__.routesByPath))

/** Goes to a page of an app that is open, as a link does. */
export async function goTo(page: Page, { path, heading }: Place): Promise<void> {
  await page.evaluate(href => (globalThis as unknown as WithRouter).__TSR_ROUTER__.navigate({ href }), path)
  await expectThere(page, heading)
}

/** Waits until all of a page is there. */
export async function expectThere(page: Page, heading: Place['heading']): Promise<void> {
  const exact = typeof heading === 'string'
  await expect(page.getByRole('heading', { name: heading, level: 1, exact })).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'Loading' })).toHaveCount(0)
  await expect(page.locator('.skeleton')).toHaveCount(0)
}

/** What is worth a picture beside the pages themselves: menus, dialogs, refusals, lists that are empty or cannot load. */
import type { Page } from '@playwright/test'
import { DEMO_DOMAIN, DEMO_PASSWORD } from '../../../apps/server/src/demo/accounts.ts'
import type { Rest } from '../../../apps/server/src/testing/index.ts'
import { type Account, type Demo, done, firstOf } from './demo.ts'
import type { Place } from './pages.ts'

export interface Shot {
  name: string
  /** Account of whoever looks; null: nobody is signed in. */
  who: Account | null
  path: string
  /** Before the page is opened. */
  arrange?: (page: Page) => Promise<unknown>
  /** What to do on the page before the picture is taken. */
  prepare?: (page: Page) => Promise<unknown>
}

const open = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()

/** What the server says of this does not come. */
const silence = (api: string) => (page: Page) =>
  page.route(new RegExp(`/api/${api}(\\?|$)`), () => new Promise<never>(() => {}))

const refuse = (api: string) => (page: Page) =>
  page.route(new RegExp(`/api/${api}(\\?|$)`), route =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      json: { type: 'about:blank', title: 'Internal Server Error', status: 500, detail: 'Something broke.' },
    }),
  )

/** A dialog that a page has, open. */
export const dialogShots = (places: readonly Place[]): Shot[] =>
  places.flatMap(({ name, who, path, dialog }) =>
    dialog
      ? [
          {
            name: `${name}-dialog`,
            who,
            path,
            async prepare(page) {
              const [button, item] = dialog
              await page.getByRole('button', { name: button, exact: true }).first().click()
              if (item) await page.getByRole('menuitem', { name: item, exact: true }).click()
              await page.getByRole('dialog').waitFor()
            },
          },
        ]
      : [],
  )

export async function listShots(demo: Demo): Promise<Shot[]> {
  const [john, jane] = await Promise.all([demo.as('john.doe'), demo.as('jane.smith')])
  await emptyInbox(await demo.as('admin'))
  await hireNewcomer(demo)
  const goal = async (rest: Rest, query: string) =>
    `/goals/${(await firstOf(rest, `/api/goals?limit=1&${query}`)).id}`
  const mine = (status: string) => goal(john, `scope=mine&status=${status}`)
  const team = (status: string) => goal(jane, `scope=team&status=${status}`)
  const initiative = async (query: string) =>
    `/initiatives/${(await firstOf(jane, `/api/initiatives?limit=1&${query}`)).id}`
  const reviewOf = async (rest: Rest, query: string) =>
    `/reviews/${(await firstOf(rest, `/api/reviews?limit=1&${query}`)).id}`
  const lists = [
    ['goals', 'goals', '/goals'],
    ['initiatives', 'initiatives', '/initiatives'],
    ['reviews', 'reviews', '/reviews'],
    ['approvals', 'approvals', '/approvals'],
    ['announcements', 'announcements', '/announcements'],
    ['people', 'users', '/people'],
    ['team', 'users', '/team'],
    ['inbox', 'notifications', '/inbox'],
    ['home', '(goals|initiatives|reviews|approvals|announcements)', '/'],
  ] as const

  return [
    {
      name: 'sign-in-refused',
      who: null,
      path: '/sign-in',
      async prepare(page) {
        await page.getByLabel('Email').fill('john.doe@pms.test')
        await page.getByLabel('Password').fill('wrong')
        await page.keyboard.press('Enter')
        await page.getByRole('alert').waitFor()
      },
    },
    { name: 'home-of-admin', who: 'admin', path: '/' },
    {
      name: 'inbox-reading',
      who: 'jane.smith',
      path: '/inbox',
      prepare: page => page.getByRole('main').getByRole('listitem').nth(1).click(),
    },
    { name: 'goals-filter-open', who: 'john.doe', path: '/goals?year=2026', prepare: open(/^Status/) },
    { name: 'goal-new-as-hr', who: 'hr', path: '/goals/new' },
    { name: 'goal-new-refused', who: 'john.doe', path: '/goals/new', prepare: open('Send for approval') },
    {
      name: 'goal-assign-choosing',
      who: 'jane.smith',
      path: '/goals/assign',
      async prepare(page) {
        await page.getByRole('combobox', { name: 'Who is it for?' }).click()
        await page.getByRole('option').first().waitFor()
      },
    },
    {
      name: 'goal-to-decide',
      who: 'jane.smith',
      path: await goal(jane, 'scope=waiting&status=PENDING_APPROVAL'),
    },
    { name: 'goal-progress', who: 'john.doe', path: await mine('ACTIVE'), prepare: open('Update') },
    { name: 'goal-returned', who: 'john.doe', path: await mine('REJECTED') },
    { name: 'goal-done', who: 'jane.smith', path: await team('ACHIEVED') },
    { name: 'goal-discarded', who: 'jane.smith', path: await team('DISCARDED') },
    { name: 'goal-of-organisation', who: 'john.doe', path: await goal(john, 'scope=organisation') },
    { name: 'goal-respond-answered', who: 'john.doe', path: `${await mine('ACTIVE')}/respond` },
    {
      name: 'initiative-group',
      who: 'jane.smith',
      path: await initiative('scope=team&type=GROUP&status=STARTED'),
    },
    { name: 'initiative-to-decide', who: 'jane.smith', path: await initiative('scope=waiting') },
    { name: 'initiative-overdue', who: 'jane.smith', path: await initiative('scope=team&status=OVERDUE') },
    { name: 'initiative-done', who: 'jane.smith', path: await initiative('scope=team&status=APPROVED') },
    { name: 'reviews-about-me', who: 'john.doe', path: '/reviews?scope=about_me' },
    { name: 'review-read', who: 'john.doe', path: await reviewOf(john, 'scope=about_me&status=completed') },
    { name: 'cycle-questions', who: 'hr', path: `${await cycleOf(demo)}?view=questions` },
    {
      name: 'approvals-selected',
      who: 'jane.smith',
      path: '/approvals?kind=goal_approval',
      async prepare(page) {
        for (const box of await page.getByRole('main').getByRole('checkbox').all()) await box.check()
      },
    },
    {
      name: 'approvals-refusing',
      who: 'jane.smith',
      path: '/approvals?kind=goal_approval',
      prepare: open(/^Reject /),
    },
    { name: 'goal-menu', who: 'jane.smith', path: await team('ACTIVE'), prepare: open('More actions') },
    { name: 'audit-narrowed', who: 'hr', path: '/audit?action=initiative' },
    { name: 'announcements-drafts', who: 'hr', path: '/announcements?tab=drafts' },
    { name: 'bell', who: 'jane.smith', path: '/goals?scope=waiting', prepare: open(/^Notifications\b/) },
    { name: 'bell-empty', who: 'admin', path: '/goals', prepare: open(/^Notifications\b/) },
    { name: 'inbox-empty', who: 'admin', path: '/inbox' },
    { name: 'person-menu', who: 'john.doe', path: '/goals', prepare: open(/^John Doe|You$/) },
    ...NOTHING_YET.map(([name, path]): Shot => ({ name: `${name}-empty`, who: 'newcomer', path })),
    ...lists.flatMap(([name, api, path]): Shot[] => [
      {
        name: `${name}-loading`,
        who: 'jane.smith',
        path,
        arrange: silence(api),
        prepare: page => page.locator('.skeleton, .inbox-skeleton').first().waitFor(),
      },
      {
        name: `${name}-failed`,
        who: 'jane.smith',
        path,
        arrange: refuse(api),
        prepare: page => page.getByRole('button', { name: 'Try again' }).first().waitFor(),
      },
    ]),
  ]
}

/** What somebody sees who is new here, and of whom nothing is known yet. */
const NOTHING_YET = [
  ['goals', '/goals'],
  ['goals-waiting', '/goals?scope=waiting'],
  ['initiatives', '/initiatives'],
  ['initiatives-board', '/initiatives?view=board'],
  ['initiatives-calendar', '/initiatives?view=calendar'],
  ['reviews', '/reviews'],
  ['reviews-about-me', '/reviews?scope=about_me'],
  ['cycles', '/reviews/cycles'],
  ['approvals', '/approvals'],
  ['approvals-sent', '/approvals?tab=sent'],
  ['announcements', '/announcements'],
  ['home', '/'],
  ['audit-refused', '/audit'],
] as const

async function hireNewcomer(demo: Demo): Promise<void> {
  const [hr, mary] = await Promise.all([demo.as('hr'), demo.as('mary.okafor')])
  const { id: supervisor_id } = await done(mary.get<{ id: string }>('/api/auth/me'))
  const { id } = await done(
    hr.post<{ id: string }>('/api/users', {
      name: 'Nora Lindqvist',
      email: `newcomer@${DEMO_DOMAIN}`,
      job_title: 'Support Specialist',
      unit_id: null,
      supervisor_id,
      role: 'staff',
    }),
  )
  const { path } = await done(hr.post<{ path: string }>(`/api/users/${id}/onboarding-link`, {}))
  const token = new URL(path, demo.url).searchParams.get('token')
  await done(demo.server.rest().post('/api/auth/onboarding', { token, password: DEMO_PASSWORD }))
}

async function cycleOf(demo: Demo): Promise<string> {
  const { id } = await firstOf(await demo.as('hr'), '/api/review-cycles?limit=1&status=active')
  return `/reviews/cycles/${id}`
}

async function emptyInbox(rest: Rest): Promise<void> {
  const { notifications } = await done(
    rest.get<{ notifications: { id: string }[] }>('/api/notifications?limit=100'),
  )
  for (const { id } of notifications) await done(rest.delete(`/api/notifications/${id}`))
}

/** Lets goals arrive for Jane while her page is open: two that ask, and one good news. */
export async function causeToasts(john: Rest, jane: Rest): Promise<void> {
  const period = { type: 'INDIVIDUAL', quarter: 'Q1', year: 2027 }
  const { body: me } = await john.get<{ id: string }>('/api/auth/me')
  const assigned = { ...period, title: 'Write down what only you know', assigned_to_user_id: me.id }
  const { body: goal } = await jane.post<{ id: string }>('/api/goals/assign', assigned)
  await john.post('/api/goals', { ...period, title: 'Complete Advanced Training' })
  await john.put(`/api/goals/${goal.id}/accept`)
}

/** What is worth a picture: pages of the demo organisation, each in a state that somebody really meets. */
import type { Page } from '@playwright/test'
import type { Rest } from '../../../apps/server/src/testing/index.ts'

export interface Shot {
  name: string
  /** Account of whoever looks; null: nobody is signed in. */
  who: string | null
  path: string
  /** What to do on the page before the picture is taken. */
  prepare?: (page: Page) => Promise<unknown>
}

/** Finds goals in the states that the pictures need. */
export async function listShots(restOf: (account: string) => Promise<Rest>): Promise<Shot[]> {
  const [john, jane] = [await restOf('john.doe'), await restOf('jane.smith')]
  await emptyInbox(await restOf('admin'))
  const first = async (rest: Rest, query: string): Promise<string> => {
    const { body } = await rest.get<{ items: { id: string }[] }>(`/api/goals?limit=1&${query}`)
    const [goal] = body.items
    if (!goal) throw new Error(`The demo has no goal for ${query}`)
    return `/goals/${goal.id}`
  }
  const toDecide = await first(jane, 'scope=waiting&status=PENDING_APPROVAL')
  const mine = (status: string) => first(john, `scope=mine&status=${status}`)
  const team = (status: string) => first(jane, `scope=team&status=${status}`)
  const open = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()

  return [
    { name: 'sign-in', who: null, path: '/sign-in' },
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
    { name: 'home', who: 'jane.smith', path: '/' },
    { name: 'home-of-staff', who: 'john.doe', path: '/' },
    { name: 'inbox', who: 'jane.smith', path: '/inbox' },
    { name: 'inbox-needs-action', who: 'jane.smith', path: '/inbox?tab=action' },
    { name: 'approvals', who: 'jane.smith', path: '/approvals' },
    { name: 'approvals-sent', who: 'jane.smith', path: '/approvals?tab=sent' },
    { name: 'initiatives', who: 'jane.smith', path: '/initiatives?scope=team' },
    { name: 'initiatives-board', who: 'jane.smith', path: '/initiatives?scope=team&view=board' },
    { name: 'initiatives-calendar', who: 'jane.smith', path: '/initiatives?scope=team&view=calendar' },
    { name: 'initiative-new', who: 'john.doe', path: '/initiatives/new' },
    { name: 'reviews', who: 'jane.smith', path: '/reviews' },
    { name: 'review-cycles', who: 'hr', path: '/reviews/cycles' },
    { name: 'team', who: 'jane.smith', path: '/team' },
    { name: 'people', who: 'hr', path: '/people' },
    { name: 'people-chart', who: 'john.doe', path: '/people/chart' },
    { name: 'person-new', who: 'hr', path: '/people/new' },
    { name: 'profile', who: 'mary.okafor', path: '/profile' },
    { name: 'announcements', who: 'hr', path: '/announcements' },
    { name: 'announcement-new', who: 'hr', path: '/announcements/new' },
    { name: 'audit', who: 'hr', path: '/audit' },
    { name: 'api-keys', who: 'admin', path: '/api-keys' },
    { name: 'settings', who: 'john.doe', path: '/settings' },
    { name: 'settings-sessions', who: 'john.doe', path: '/settings/sessions' },
    { name: 'goals-mine', who: 'john.doe', path: '/goals' },
    { name: 'goals-team', who: 'jane.smith', path: '/goals?scope=team' },
    { name: 'goals-organisation', who: 'john.doe', path: '/goals?scope=organisation' },
    { name: 'goals-waiting', who: 'jane.smith', path: '/goals?scope=waiting' },
    { name: 'goals-nothing-waits', who: 'hr', path: '/goals?scope=waiting' },
    { name: 'goals-no-match', who: 'john.doe', path: '/goals?search=nothing+like+this' },
    {
      name: 'goals-filter-open',
      who: 'john.doe',
      path: '/goals?year=2026',
      prepare: open(/^Status/),
    },
    { name: 'new', who: 'john.doe', path: '/goals/new' },
    { name: 'new-as-hr', who: 'hr', path: '/goals/new' },
    {
      name: 'new-refused',
      who: 'john.doe',
      path: '/goals/new',
      prepare: open('Send for approval'),
    },
    { name: 'assign', who: 'jane.smith', path: '/goals/assign' },
    {
      name: 'assign-choosing',
      who: 'jane.smith',
      path: '/goals/assign',
      async prepare(page) {
        await page.getByRole('combobox', { name: 'Who is it for?' }).click()
        await page.getByRole('option').first().waitFor()
      },
    },
    { name: 'goal-to-decide', who: 'jane.smith', path: toDecide },
    { name: 'goal-reject-dialog', who: 'jane.smith', path: toDecide, prepare: open('Reject') },
    { name: 'goal-active', who: 'john.doe', path: await mine('ACTIVE') },
    { name: 'goal-progress', who: 'john.doe', path: await mine('ACTIVE'), prepare: open('Update') },
    { name: 'goal-waiting', who: 'mary.okafor', path: toDecide },
    { name: 'goal-returned', who: 'john.doe', path: await mine('REJECTED') },
    { name: 'goal-edit-again', who: 'john.doe', path: `${await mine('REJECTED')}/edit` },
    { name: 'goal-done', who: 'jane.smith', path: await team('ACHIEVED') },
    { name: 'goal-discarded', who: 'jane.smith', path: await team('DISCARDED') },
    { name: 'goal-organisation', who: 'john.doe', path: await first(john, 'scope=organisation') },
    { name: 'goal-missing', who: 'john.doe', path: '/goals/01a20000-0000-7000-8000-000000000000' },
    { name: 'respond', who: 'john.doe', path: `${await mine('PENDING_ACCEPTANCE')}/respond` },
    { name: 'respond-answered', who: 'john.doe', path: `${await mine('ACTIVE')}/respond` },
    { name: 'page-missing', who: 'john.doe', path: '/nowhere' },
    { name: 'bell', who: 'jane.smith', path: '/goals?scope=waiting', prepare: open(/^Notifications\b/) },
    { name: 'bell-read', who: 'hr', path: '/goals', prepare: open(/^Notifications\b/) },
    { name: 'bell-empty', who: 'admin', path: '/goals', prepare: open(/^Notifications\b/) },
    { name: 'person-menu', who: 'john.doe', path: '/goals', prepare: open(/^John Doe|You$/) },
  ]
}

async function emptyInbox(rest: Rest): Promise<void> {
  const { body } = await rest.get<{ notifications: { id: string }[] }>('/api/notifications?limit=100')
  for (const { id } of body.notifications) await rest.delete(`/api/notifications/${id}`)
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

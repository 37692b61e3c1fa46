/** The pages of the app, with something on each of them, for tests that go through all. */
import { expect, type Page } from '@playwright/test'
import type { TestServer } from '../../../apps/server/src/testing/index.ts'
import { approveGoal, assignGoal, createGoal } from './goals.ts'
import * as initiatives from './initiatives.ts'
import type { People } from './stage.ts'

export interface Place {
  name: string
  path: string
  /** The heading by which one knows that the page is there. */
  heading: string
}

/** Titles as nobody wishes them, but as somebody types them. */
const LONG =
  'Bring the response times of the customer service down to less than a working day, every day of the year'
const UNBROKEN = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'

/** Pages as Jane sees them: she has a team, a supervisor, goals in several states, and requests that wait on her. */
export async function preparePlaces(server: TestServer, { mary, jane, john }: People): Promise<Place[]> {
  const waiting = await createGoal(server, john, LONG)
  const active = await createGoal(server, jane, 'Complete Advanced Training')
  await approveGoal(server, mary, active)
  const own = await createGoal(server, jane, UNBROKEN)
  const assigned = await assignGoal(server, mary, jane, 'Improve Customer Satisfaction')
  await assignGoal(server, jane, john, 'Write down what only you know')
  const proposal = await initiatives.propose(server, john, `${LONG}, and a half`, { urgency: 'URGENT' })
  const started = await initiatives.assign(server, jane, john, 'Move the mail', { urgency: 'HIGH' })
  await initiatives.act(server, john, started, 'start')
  await initiatives.askForTime(server, john, started, 30, 'The supplier is late.')
  const submitted = await initiatives.assign(server, jane, john, 'Train the night shift')
  await initiatives.act(server, john, submitted, 'start')
  await initiatives.act(server, john, submitted, 'submit', { report: 'Done.' })
  return [
    { name: 'goals', path: '/goals', heading: 'Goals' },
    { name: 'goals-team', path: '/goals?scope=team', heading: 'Goals' },
    { name: 'goals-organisation', path: '/goals?scope=organisation', heading: 'Goals' },
    { name: 'goals-waiting', path: '/goals?scope=waiting', heading: 'Goals' },
    { name: 'new', path: '/goals/new', heading: 'New goal' },
    { name: 'assign', path: '/goals/assign', heading: 'Assign a goal' },
    { name: 'to decide', path: `/goals/${waiting}`, heading: LONG },
    { name: 'active', path: `/goals/${active}`, heading: 'Complete Advanced Training' },
    { name: 'own', path: `/goals/${own}`, heading: UNBROKEN },
    { name: 'edit', path: `/goals/${own}/edit`, heading: 'Edit goal' },
    { name: 'respond', path: `/goals/${assigned}/respond`, heading: 'Improve Customer Satisfaction' },
    { name: 'initiatives', path: '/initiatives?scope=team', heading: 'Initiatives' },
    { name: 'initiatives-board', path: '/initiatives?scope=team&view=board', heading: 'Initiatives' },
    { name: 'initiatives-calendar', path: '/initiatives?scope=team&view=calendar', heading: 'Initiatives' },
    { name: 'new-initiative', path: '/initiatives/new', heading: 'New initiative' },
    { name: 'assign-initiative', path: '/initiatives/assign', heading: 'Assign an initiative' },
    { name: 'proposal', path: `/initiatives/${proposal}`, heading: `${LONG}, and a half` },
    { name: 'extension', path: `/initiatives/${started}`, heading: 'Move the mail' },
    { name: 'review', path: `/initiatives/${submitted}/review`, heading: 'Train the night shift' },
    { name: 'approvals', path: '/approvals', heading: 'Approvals' },
    { name: 'approvals-sent', path: '/approvals?tab=sent', heading: 'Approvals' },
    { name: 'missing', path: '/nowhere', heading: 'Page not found' },
  ]
}

/** Opens a page and waits until all of it is there. */
export async function openPlace(page: Page, { path, heading }: Place): Promise<void> {
  await page.goto(path)
  await page.getByRole('heading', { name: heading, level: 1, exact: true }).waitFor()
  await expect(page.getByRole('status').filter({ hasText: 'Loading' })).toHaveCount(0)
  await page.getByRole('button', { name: /^Notifications\b.*\. Live$/ }).waitFor()
  await page.evaluate(() => document.fonts.ready)
}

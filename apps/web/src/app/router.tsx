/** The pages of the app and their addresses. Each page is a chunk of its own, fetched when it is first wanted. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { session } from '../api/browser-session.ts'
import { fetched } from '../api/chunk.ts'
import { parseFilters as parseAnnouncements } from '../features/announcements/filters.ts'
import { parseApprovals } from '../features/approvals/search.ts'
import { parseFilters as parseAudit } from '../features/audit/filters.ts'
import { parseFilters } from '../features/goals/filters.ts'
import { parseFilters as parseInitiatives } from '../features/initiatives/filters.ts'
import { parseInbox } from '../features/notifications/search.ts'
import { parsePeople } from '../features/people/filters.ts'
import { parseCycle, parseFilters as parseReviews } from '../features/reviews/filters.ts'
import { parseRange } from '../features/system/range.ts'
import { parseTraces } from '../features/system/trace-search.ts'
import { localPath } from '../ui/local-path.ts'
import { PageFailed, PageMissing, Starting } from './outcomes.tsx'

const page: typeof lazyRouteComponent = (load, name) => lazyRouteComponent(() => fetched(load), name)

const root = createRootRoute({ component: Outlet, notFoundComponent: PageMissing })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw): { to?: string } => {
    const to = localPath(raw.to)
    return to ? { to } : {}
  },
  beforeLoad({ search }) {
    if (session.state.get().status === 'signed-in') throw redirect({ href: search.to ?? '/', replace: true })
  },
  component: page(() => import('../features/auth/sign-in-page.tsx'), 'SignInPage'),
})

/** Everything behind the sign-in, in the shell. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad({ location }) {
    if (session.state.get().status === 'signed-in') return
    const to = location.href === '/' ? undefined : localPath(location.href)
    throw redirect({ to: '/sign-in', search: to ? { to } : {}, replace: true })
  },
  component: page(() => import('./shell.tsx'), 'Shell'),
})

/** Where the link leads that somebody new was given. */
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  validateSearch: (raw): { token?: string } => (typeof raw.token === 'string' ? { token: raw.token } : {}),
  component: page(() => import('../features/onboarding/welcome-page.tsx'), 'WelcomePage'),
})

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  component: page(() => import('./home-page.tsx'), 'Home'),
})

const team = createRoute({
  getParentRoute: () => app,
  path: '/team',
  component: page(() => import('../features/people/team-page.tsx'), 'TeamPage'),
})

const profile = createRoute({
  getParentRoute: () => app,
  path: '/profile',
  component: page(() => import('./person-pages.tsx'), 'Profile'),
})

const people = createRoute({
  getParentRoute: () => app,
  path: '/people',
  validateSearch: parsePeople,
  component: page(() => import('../features/people/people-page.tsx'), 'PeoplePage'),
})

const chart = createRoute({
  getParentRoute: () => app,
  path: '/people/chart',
  component: page(() => import('../features/people/chart-page.tsx'), 'ChartPage'),
})

const units = createRoute({
  getParentRoute: () => app,
  path: '/people/units',
  component: page(() => import('../features/people/units-page.tsx'), 'UnitsPage'),
})

const newPerson = createRoute({
  getParentRoute: () => app,
  path: '/people/new',
  component: page(() => import('../features/people/new-person-page.tsx'), 'NewPersonPage'),
})

const person = createRoute({
  getParentRoute: () => app,
  path: '/people/$personId',
  component: page(() => import('./person-pages.tsx'), 'Person'),
})

const editPerson = createRoute({
  getParentRoute: () => app,
  path: '/people/$personId/edit',
  component: page(() => import('../features/people/edit-person-page.tsx'), 'EditPersonPage'),
})

const inbox = createRoute({
  getParentRoute: () => app,
  path: '/inbox',
  validateSearch: parseInbox,
  component: page(() => import('./inbox-page.tsx'), 'InboxWithThings'),
})

const goals = createRoute({
  getParentRoute: () => app,
  path: '/goals',
  validateSearch: parseFilters,
  component: page(() => import('../features/goals/list-page.tsx'), 'GoalsPage'),
})

const newGoal = createRoute({
  getParentRoute: () => app,
  path: '/goals/new',
  component: page(() => import('../features/goals/create-page.tsx'), 'CreateGoalPage'),
})

const assignGoal = createRoute({
  getParentRoute: () => app,
  path: '/goals/assign',
  component: page(() => import('../features/goals/assign-page.tsx'), 'AssignGoalPage'),
})

const goal = createRoute({
  getParentRoute: () => app,
  path: '/goals/$goalId',
  component: page(() => import('../features/goals/detail-page.tsx'), 'GoalPage'),
})

const editGoal = createRoute({
  getParentRoute: () => app,
  path: '/goals/$goalId/edit',
  component: page(() => import('../features/goals/edit-page.tsx'), 'EditGoalPage'),
})

const respondToGoal = createRoute({
  getParentRoute: () => app,
  path: '/goals/$goalId/respond',
  component: page(() => import('../features/goals/respond-page.tsx'), 'RespondPage'),
})

const initiatives = createRoute({
  getParentRoute: () => app,
  path: '/initiatives',
  validateSearch: parseInitiatives,
  component: page(() => import('../features/initiatives/list-page.tsx'), 'InitiativesPage'),
})

const newInitiative = createRoute({
  getParentRoute: () => app,
  path: '/initiatives/new',
  component: page(() => import('../features/initiatives/new-pages.tsx'), 'ProposeInitiativePage'),
})

const assignInitiative = createRoute({
  getParentRoute: () => app,
  path: '/initiatives/assign',
  component: page(() => import('../features/initiatives/new-pages.tsx'), 'AssignInitiativePage'),
})

const initiative = createRoute({
  getParentRoute: () => app,
  path: '/initiatives/$initiativeId',
  component: page(() => import('../features/initiatives/detail-page.tsx'), 'InitiativePage'),
})

const editInitiative = createRoute({
  getParentRoute: () => app,
  path: '/initiatives/$initiativeId/edit',
  component: page(() => import('../features/initiatives/edit-page.tsx'), 'EditInitiativePage'),
})

const submitInitiative = createRoute({
  getParentRoute: () => app,
  path: '/initiatives/$initiativeId/submit',
  component: page(() => import('../features/initiatives/submit-page.tsx'), 'SubmitInitiativePage'),
})

const reviewInitiative = createRoute({
  getParentRoute: () => app,
  path: '/initiatives/$initiativeId/review',
  component: page(() => import('../features/initiatives/review-page.tsx'), 'ReviewInitiativePage'),
})

const approvals = createRoute({
  getParentRoute: () => app,
  path: '/approvals',
  validateSearch: parseApprovals,
  component: page(() => import('../features/approvals/approvals-page.tsx'), 'ApprovalsPage'),
})

const reviews = createRoute({
  getParentRoute: () => app,
  path: '/reviews',
  validateSearch: parseReviews,
  component: page(() => import('../features/reviews/list-page.tsx'), 'ReviewsPage'),
})

const review = createRoute({
  getParentRoute: () => app,
  path: '/reviews/$reviewId',
  component: page(() => import('../features/reviews/review-page.tsx'), 'ReviewPage'),
})

const reviewCycles = createRoute({
  getParentRoute: () => app,
  path: '/reviews/cycles',
  component: page(() => import('../features/reviews/cycles-page.tsx'), 'CyclesPage'),
})

const newReviewCycle = createRoute({
  getParentRoute: () => app,
  path: '/reviews/cycles/new',
  component: page(() => import('../features/reviews/cycle-pages.tsx'), 'NewCyclePage'),
})

const reviewCycle = createRoute({
  getParentRoute: () => app,
  path: '/reviews/cycles/$cycleId',
  validateSearch: parseCycle,
  component: page(() => import('../features/reviews/cycle-page.tsx'), 'CyclePage'),
})

const editReviewCycle = createRoute({
  getParentRoute: () => app,
  path: '/reviews/cycles/$cycleId/edit',
  component: page(() => import('../features/reviews/cycle-pages.tsx'), 'EditCyclePage'),
})

const reviewResults = createRoute({
  getParentRoute: () => app,
  path: '/reviews/cycles/$cycleId/results/$userId',
  component: page(() => import('../features/reviews/results-page.tsx'), 'ResultsPage'),
})

const announcements = createRoute({
  getParentRoute: () => app,
  path: '/announcements',
  validateSearch: parseAnnouncements,
  component: page(() => import('../features/announcements/list-page.tsx'), 'AnnouncementsPage'),
})

const newAnnouncement = createRoute({
  getParentRoute: () => app,
  path: '/announcements/new',
  component: page(() => import('../features/announcements/new-page.tsx'), 'NewAnnouncementPage'),
})

const announcement = createRoute({
  getParentRoute: () => app,
  path: '/announcements/$announcementId',
  component: page(() => import('../features/announcements/detail-page.tsx'), 'AnnouncementPage'),
})

const editAnnouncement = createRoute({
  getParentRoute: () => app,
  path: '/announcements/$announcementId/edit',
  component: page(() => import('../features/announcements/edit-page.tsx'), 'EditAnnouncementPage'),
})

const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  component: page(() => import('./settings-pages.tsx'), 'NotificationSettingsPage'),
})

const appearanceSettings = createRoute({
  getParentRoute: () => app,
  path: '/settings/appearance',
  component: page(() => import('../features/settings/appearance-page.tsx'), 'AppearanceSettings'),
})

const sessionSettings = createRoute({
  getParentRoute: () => app,
  path: '/settings/sessions',
  component: page(() => import('../features/settings/sessions-page.tsx'), 'SessionSettings'),
})

const audit = createRoute({
  getParentRoute: () => app,
  path: '/audit',
  validateSearch: parseAudit,
  component: page(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
})

const apiKeys = createRoute({
  getParentRoute: () => app,
  path: '/api-keys',
  component: page(() => import('../features/keys/keys-page.tsx'), 'KeysPage'),
})

const notificationTypes = createRoute({
  getParentRoute: () => app,
  path: '/api-keys/types',
  component: page(() => import('../features/keys/types-page.tsx'), 'TypesPage'),
})

const system = createRoute({
  getParentRoute: () => app,
  path: '/system',
  validateSearch: parseRange,
  component: page(() => import('../features/system/system-page.tsx'), 'SystemPage'),
})

const traces = createRoute({
  getParentRoute: () => app,
  path: '/system/notifications',
  validateSearch: parseTraces,
  component: page(() => import('./system-pages.tsx'), 'Traces'),
})

const trace = createRoute({
  getParentRoute: () => app,
  path: '/system/notifications/$notificationId',
  component: page(() => import('./system-pages.tsx'), 'Trace'),
})

/** Any other address: said inside the shell, so that the way on is at hand. */
const missing = createRoute({ getParentRoute: () => app, path: '$', component: PageMissing })

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    welcome,
    app.addChildren([
      home,
      team,
      profile,
      people,
      chart,
      units,
      newPerson,
      person,
      editPerson,
      inbox,
      goals,
      newGoal,
      assignGoal,
      goal,
      editGoal,
      respondToGoal,
      initiatives,
      newInitiative,
      assignInitiative,
      initiative,
      editInitiative,
      submitInitiative,
      reviewInitiative,
      approvals,
      reviews,
      review,
      reviewCycles,
      newReviewCycle,
      reviewCycle,
      editReviewCycle,
      reviewResults,
      announcements,
      newAnnouncement,
      announcement,
      editAnnouncement,
      settings,
      appearanceSettings,
      sessionSettings,
      audit,
      apiKeys,
      notificationTypes,
      system,
      traces,
      trace,
      missing,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailed,
  defaultPendingComponent: Starting,
  // A page sees what its own check of the address let through, and nothing else of it.
  search: { strict: true },
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

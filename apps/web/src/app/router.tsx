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
import { parseApprovals } from '../features/approvals/search.ts'
import { parseFilters } from '../features/goals/filters.ts'
import { parseFilters as parseInitiatives } from '../features/initiatives/filters.ts'
import { parseInbox } from '../features/notifications/search.ts'
import { localPath } from '../ui/local-path.ts'
import { PageFailed, PageMissing, Starting } from './outcomes.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: PageMissing })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw): { to?: string } => {
    const to = localPath(raw.to)
    return to ? { to } : {}
  },
  beforeLoad({ search }) {
    if (session.state.get().status === 'signed-in')
      throw redirect({ href: search.to ?? '/goals', replace: true })
  },
  component: lazyRouteComponent(() => import('../features/auth/sign-in-page.tsx'), 'SignInPage'),
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
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
})

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad() {
    throw redirect({ to: '/goals', replace: true })
  },
})

const inbox = createRoute({
  getParentRoute: () => app,
  path: '/inbox',
  validateSearch: parseInbox,
  component: lazyRouteComponent(() => import('./inbox-page.tsx'), 'InboxWithThings'),
})

const goals = createRoute({
  getParentRoute: () => app,
  path: '/goals',
  validateSearch: parseFilters,
  component: lazyRouteComponent(() => import('../features/goals/list-page.tsx'), 'GoalsPage'),
})

const newGoal = createRoute({
  getParentRoute: () => app,
  path: '/goals/new',
  component: lazyRouteComponent(() => import('../features/goals/create-page.tsx'), 'CreateGoalPage'),
})

const assignGoal = createRoute({
  getParentRoute: () => app,
  path: '/goals/assign',
  component: lazyRouteComponent(() => import('../features/goals/assign-page.tsx'), 'AssignGoalPage'),
})

const goal = createRoute({
  getParentRoute: () => app,
  path: '/goals/$goalId',
  component: lazyRouteComponent(() => import('../features/goals/detail-page.tsx'), 'GoalPage'),
})

const editGoal = createRoute({
  getParentRoute: () => app,
  path: '/goals/$goalId/edit',
  component: lazyRouteComponent(() => import('../features/goals/edit-page.tsx'), 'EditGoalPage'),
})

const respondToGoal = createRoute({
  getParentRoute: () => app,
  path: '/goals/$goalId/respond',
  component: lazyRouteComponent(() => import('../features/goals/respond-page.tsx'), 'RespondPage'),
})

const initiatives = createRoute({
  getParentRoute: () => app,
  path: '/initiatives',
  validateSearch: parseInitiatives,
  component: lazyRouteComponent(() => import('../features/initiatives/list-page.tsx'), 'InitiativesPage'),
})

const newInitiative = createRoute({
  getParentRoute: () => app,
  path: '/initiatives/new',
  component: lazyRouteComponent(
    () => import('../features/initiatives/new-pages.tsx'),
    'ProposeInitiativePage',
  ),
})

const assignInitiative = createRoute({
  getParentRoute: () => app,
  path: '/initiatives/assign',
  component: lazyRouteComponent(
    () => import('../features/initiatives/new-pages.tsx'),
    'AssignInitiativePage',
  ),
})

const initiative = createRoute({
  getParentRoute: () => app,
  path: '/initiatives/$initiativeId',
  component: lazyRouteComponent(() => import('../features/initiatives/detail-page.tsx'), 'InitiativePage'),
})

const editInitiative = createRoute({
  getParentRoute: () => app,
  path: '/initiatives/$initiativeId/edit',
  component: lazyRouteComponent(() => import('../features/initiatives/edit-page.tsx'), 'EditInitiativePage'),
})

const submitInitiative = createRoute({
  getParentRoute: () => app,
  path: '/initiatives/$initiativeId/submit',
  component: lazyRouteComponent(
    () => import('../features/initiatives/submit-page.tsx'),
    'SubmitInitiativePage',
  ),
})

const reviewInitiative = createRoute({
  getParentRoute: () => app,
  path: '/initiatives/$initiativeId/review',
  component: lazyRouteComponent(
    () => import('../features/initiatives/review-page.tsx'),
    'ReviewInitiativePage',
  ),
})

const approvals = createRoute({
  getParentRoute: () => app,
  path: '/approvals',
  validateSearch: parseApprovals,
  component: lazyRouteComponent(() => import('../features/approvals/approvals-page.tsx'), 'ApprovalsPage'),
})

/** Any other address: said inside the shell, so that the way on is at hand. */
const missing = createRoute({ getParentRoute: () => app, path: '$', component: PageMissing })

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    app.addChildren([
      home,
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

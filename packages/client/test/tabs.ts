/** Several tabs of one person in one browser, each with a shared inbox, and all that they told. */
import type { InboxEvents, InboxItem, Presentation } from '../src/index.ts'
import { createSharedInbox, type SharedEnvironment, type SharedInbox } from '../src/shared/index.ts'
import {
  createFakeBrowser,
  createFakeInbox,
  createFakeServer,
  type FakeBrowser,
  type FakeBrowserOptions,
  type FakeInbox,
  type FakeServer,
  type FakeTab,
  settle,
} from '../src/testing/index.ts'

interface Told {
  readonly ids: readonly string[]
  readonly presentation: Presentation
  readonly together: boolean
}

export interface TestTab {
  readonly page: FakeTab
  readonly inbox: SharedInbox
  /** Everything new that this tab was told of. */
  readonly told: readonly Told[]
  /** Ids of what this tab has presented, in whichever way. */
  readonly presented: readonly string[]
  /** Other events, by name. */
  readonly events: readonly string[]
  status(): string
}

export interface OpenOptions {
  visible?: boolean
  userId?: string
  /** What is to be different from a good browser. */
  changed?: (environment: SharedEnvironment) => Partial<SharedEnvironment>
}

export interface Tabs {
  readonly server: FakeServer
  readonly truth: FakeInbox
  readonly browser: FakeBrowser
  readonly all: readonly TestTab[]
  /** Opens a tab and connects it; it is not waited for. */
  open(options?: OpenOptions): TestTab
  /** Lets everything happen that takes less than this. */
  pass(milliseconds?: number): Promise<void>
  /** Sockets that the server has open. */
  sockets(): number
}

/** A socket takes longer to open than a message takes from tab to tab. */
const OPENS_AFTER = 60

export function createTabs(options: FakeBrowserOptions = {}): Tabs {
  const truth: FakeInbox = createFakeInbox({ now: () => server.clock.now() })
  const server: FakeServer = createFakeServer({
    ...truth.script,
    connected: connection =>
      void server.clock.schedule(() => truth.script.connected(connection), OPENS_AFTER),
  })
  const browser = createFakeBrowser(server, options)
  const all: TestTab[] = []

  return {
    server,
    truth,
    browser,
    all,
    open({ visible, userId = 'user-1', changed } = {}) {
      const page = browser.openTab(visible === undefined ? {} : { visible })
      const inbox = createSharedInbox({
        url: '',
        userId,
        getToken: async () => 'token',
        environment: { ...page.environment, ...changed?.(page.environment) },
      })
      const tab = watch(page, inbox)
      all.push(tab)
      inbox.connect()
      return tab
    },
    async pass(milliseconds = 400) {
      await server.clock.advance(milliseconds)
      await settle()
    },
    sockets: () => server.connections.filter(({ open }) => open).length,
  }
}

function watch(page: FakeTab, inbox: SharedInbox): TestTab {
  const told: Told[] = []
  const events: string[] = []
  const idsOf = (items: readonly InboxItem[]) => items.map(({ id }) => id)
  inbox.on('notification', ({ notification, presentation }) =>
    told.push({ ids: [notification.id], presentation, together: false }),
  )
  inbox.on('caught_up', ({ notifications, presentation }) =>
    told.push({ ids: idsOf(notifications), presentation, together: true }),
  )
  for (const event of [
    'reconnected',
    'resource_changed',
    'signed_out',
    'error',
  ] satisfies (keyof InboxEvents)[])
    inbox.on(event, () => events.push(event))
  return {
    page,
    inbox,
    told,
    events,
    get presented() {
      return told.flatMap(({ ids, presentation }) => (presentation === 'none' ? [] : ids))
    },
    status: () => inbox.getSnapshot().connection.status,
  }
}

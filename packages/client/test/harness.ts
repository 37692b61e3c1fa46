/** An inbox, its fake server and everything it said, ready for a test. */
import {
  createInbox,
  type Inbox,
  type InboxEvent,
  type InboxEvents,
  type InboxOptions,
} from '../src/index.ts'
import {
  createFakeInbox,
  createFakeServer,
  type FakeInbox,
  type FakeServer,
  settle,
} from '../src/testing/index.ts'

type Told = { [E in InboxEvent]: [E, InboxEvents[E]] }[InboxEvent]

export interface Harness {
  server: FakeServer
  /** The truth on the server's side. */
  truth: FakeInbox
  inbox: Inbox
  events: Told[]
  /** What `getToken` was asked for. */
  tokens: boolean[]
  status(): string
}

export function harness(options: Partial<InboxOptions> = {}): Harness {
  const truth: FakeInbox = createFakeInbox({ now: () => server.clock.now() })
  const server = createFakeServer(truth.script)
  const tokens: boolean[] = []
  const inbox = createInbox({
    url: '',
    environment: server.environment,
    async getToken({ fresh }) {
      tokens.push(fresh)
      return `token-${tokens.filter(Boolean).length}`
    },
    ...options,
  })
  const events: Told[] = []
  const record = <E extends InboxEvent>(event: E) =>
    inbox.on(event, payload => events.push([event, payload] as Told))
  for (const event of ['notification', 'caught_up', 'resource_changed', 'reconnected', 'error'] as const)
    record(event)
  return { server, truth, inbox, events, tokens, status: () => inbox.getSnapshot().connection.status }
}

/** Connected and caught up, with `count` unread notifications from before. */
export async function liveHarness(count = 0, options: Partial<InboxOptions> = {}): Promise<Harness> {
  const made = harness(options)
  for (let n = 0; n < count; n++) made.truth.create()
  made.inbox.connect()
  await settle()
  return made
}

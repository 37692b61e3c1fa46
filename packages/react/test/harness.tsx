/** A connected inbox on a fake server, and a page around it. */
import { createInbox, type Inbox } from '@pms/client'
import {
  createFakeInbox,
  createFakeServer,
  type FakeInbox,
  type FakeServer,
  settle,
} from '@pms/client/testing'
import { act, configure, render } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import { InboxProvider } from '../src/index.ts'

// A bound for what is waited for, not a time to wait: a busy machine gets as long as it needs.
configure({ asyncUtilTimeout: 15_000 })

export interface Page {
  inbox: Inbox
  truth: FakeInbox
  server: FakeServer
}

export function makeInbox(count = 0): Page {
  const truth = createFakeInbox()
  for (let n = 0; n < count; n++) truth.create()
  const server = createFakeServer(truth.script)
  const inbox = createInbox({ url: '', getToken: async () => 'token', environment: server.environment })
  return { inbox, truth, server }
}

/** Everything under StrictMode: what mounts twice must still happen once. */
export async function show(page: Page, children: ReactNode): Promise<void> {
  render(
    <StrictMode>
      <InboxProvider inbox={page.inbox}>{children}</InboxProvider>
    </StrictMode>,
  )
  await act(async () => {
    page.inbox.connect()
    await settle()
  })
}

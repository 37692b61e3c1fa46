/** The live inbox of the signed-in person, and what its news mean for the pages: what they show is fetched again. */
import { createInbox, type Inbox } from '@pms/client'
import type { QueryClient } from '@tanstack/react-query'
import { session } from '../../api/browser-session.ts'
import { resourceChanged } from '../../api/query-client.ts'

/** @param userId whose it is */
export function createLiveInbox(client: QueryClient, userId: string): Inbox {
  let last: string | undefined
  const inbox = createInbox({
    url: '',
    async getToken({ fresh }) {
      const token = await session.token(fresh ? last : undefined)
      if (!token) throw new Error('Nobody is signed in')
      last = token
      return token
    },
  })
  inbox.on('resource_changed', ({ resource, id }) => {
    void resourceChanged(client, resource, id)
    if (resource === 'user' && id === userId) void session.renew()
  })
  // Not welcome any more, so the session has ended too: the page is told why by asking for it.
  inbox.subscribe(() => {
    const { status, closeCode } = inbox.getSnapshot().connection
    if (status === 'closed' && closeCode !== null) void session.renew()
  })
  inbox.on('reconnected', () => void client.invalidateQueries())
  return inbox
}

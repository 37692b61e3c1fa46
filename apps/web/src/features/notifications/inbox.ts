/** The live inbox of the signed-in person, and what its news mean for the pages: what they show is fetched again. */
import { createInbox, type Inbox } from '@pms/client'
import type { QueryClient } from '@tanstack/react-query'
import { session } from '../../api/browser-session.ts'
import { resourceChanged } from '../../api/query-client.ts'

export function createLiveInbox(client: QueryClient): Inbox {
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
  inbox.on('resource_changed', ({ resource, id }) => void resourceChanged(client, resource, id))
  inbox.on('reconnected', () => void client.invalidateQueries())
  return inbox
}

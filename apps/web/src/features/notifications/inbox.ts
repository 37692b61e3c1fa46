/**
 * The live inbox of the signed-in person, which all tabs of this browser share, and what its news mean for the pages:
 * what they show is fetched again.
 */
import { createSharedInbox, type SharedInbox } from '@pms/client/shared'
import type { QueryClient } from '@tanstack/react-query'
import { session } from '../../api/browser-session.ts'
import { gatherNews } from '../../api/news.ts'
import { everythingChanged, thingsChanged } from '../../api/query-client.ts'
import { watchTruth } from '../../api/truth.ts'

/** @param userId whose it is */
export function createLiveInbox(client: QueryClient, userId: string): SharedInbox {
  watchTruth(client)
  let last: string | undefined
  const inbox = createSharedInbox({
    url: '',
    userId,
    async getToken({ fresh }) {
      const token = await session.token(fresh ? last : undefined)
      if (!token) throw new Error('Nobody is signed in')
      last = token
      return token
    },
  })
  const hear = gatherNews({
    act(changes) {
      // What they may do, and whether somebody reports to them: the menu goes by it.
      const isOwn = changes.some(
        ({ resource, id }) => resource === 'team' || (resource === 'user' && id === userId),
      )
      if (isOwn) void session.renew()
      return thingsChanged(client, changes)
    },
  })
  inbox.on('resource_changed', hear)
  // Not welcome any more, so the session has ended too: the page is told why by asking for it.
  inbox.subscribe(() => {
    const { status, closeCode } = inbox.getSnapshot().connection
    if (status === 'closed' && closeCode !== null) void session.renew()
  })
  inbox.on('reconnected', () => void everythingChanged(client))
  // What the page asked for while it connected may have changed before anybody could tell it so.
  const unsubscribe = inbox.subscribe(() => {
    if (inbox.getSnapshot().connection.status !== 'live') return
    unsubscribe()
    void everythingChanged(client)
  })
  return inbox
}

/** The end of the shell: of the sign-in, or only of this page. */
export function endLiveInbox(inbox: SharedInbox): void {
  const state = session.state.get()
  // A session that ended by itself is found out by each tab for itself; what a person asked for concerns all.
  const isAsked = state.status === 'signed-out' && (state.why === 'asked' || state.why === 'unconfirmed')
  if (isAsked) inbox.signOut()
  else inbox.close()
}

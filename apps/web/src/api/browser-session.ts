/** The one session of this page, on the browser's own locks, channels and timers. */
import type { Me } from '@pms/contract'
import { createSession, type SessionNews } from './session.ts'
import { useStore } from './store.ts'

const channel = new BroadcastChannel('pms-session')

export const session = createSession({
  fetch: (...args) => fetch(...args),
  // Locks exist on secure origins only. Without them two tabs may refresh at once, which the server forgives.
  exclusively: work => (navigator.locks ? navigator.locks.request('pms-refresh', work) : work()) as never,
  tell: news => channel.postMessage(news),
  listen: hear => channel.addEventListener('message', event => hear(event.data as SessionNews)),
  reload: () => location.reload(),
  now: () => Date.now(),
  later(work, ms) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
})

export const useSession = () => useStore(session.state)

/** The signed-in person. Only for pages that are behind the sign-in. */
export function useMe(): Me {
  const state = useSession()
  const me = state.status === 'signed-in' ? state.me : lastMe
  if (!me) throw new Error('This page needs somebody to be signed in')
  lastMe = me
  return me
}

/** Pages stay mounted for a moment while the sign-in page takes their place. */
let lastMe: Me | null = null

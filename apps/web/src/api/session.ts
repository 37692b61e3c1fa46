/**
 * Who is signed in on this page, and the access token, which lives in memory only: a reload asks for a new one by
 * the HttpOnly refresh cookie. All tabs share that cookie, so they take turns to refresh and sign out together.
 */
import type { CSRF_HEADER, LoginBody, Me, TokenResponse } from '@pms/contract'
import { type ApiError, errorOf, unreachable } from './problem.ts'
import { createStore, type Store } from './store.ts'

export type SessionState =
  | { status: 'starting' }
  /** Starting, but the server does not answer; it is being tried again. */
  | { status: 'unreachable' }
  | { status: 'signed-out'; why: 'start' | 'asked' | 'unconfirmed' | 'ended' }
  | { status: 'signed-in'; me: Me }

export interface Session {
  state: Store<SessionState>
  /** Resolves when it is known whether somebody is signed in. */
  start(): Promise<void>
  signIn(credentials: LoginBody): Promise<void>
  signOut(): Promise<void>
  /** A token that is good for a while yet, or null when nobody is signed in. `stale`: one that was refused. */
  token(stale?: string): Promise<string | null>
  /** Finds out afresh who is signed in and what they may do: something about the account has changed. */
  renew(): Promise<void>
}

/** What the session needs of the browser, so that tests can hand it something else. */
export interface SessionDeps {
  fetch: typeof fetch
  /** Runs one at a time over all tabs. */
  exclusively<T>(work: () => Promise<T>): Promise<T>
  /** Tells the other tabs; `listen` hears them. */
  tell(news: SessionNews): void
  listen(hear: (news: SessionNews) => void): void
  /** Starts the page afresh: another person has signed in with the shared cookie. */
  reload(): void
  now(): number
  later(work: () => void, ms: number): () => void
}

export type SessionNews = { type: 'signed-out' } | { type: 'signed-in'; userId: string }

/** The contract's header, repeated as a value because only types may be imported from a module full of schemas. */
const CSRF: typeof CSRF_HEADER = { name: 'x-requested-with', value: 'pms' }

/** Refreshed this long before it ends, so that no call is made with a token about to end. */
const MARGIN_MS = 60_000
const RETRY_MS = [1000, 2000, 4000, 8000]

export function createSession(deps: SessionDeps): Session {
  const state = createStore<SessionState>({ status: 'starting' })
  let token: { value: string; goodUntil: number } | null = null
  let flight: Promise<string | null> | null = null
  let cancelRefresh = () => {}

  deps.listen(news => {
    const now = state.get()
    if (news.type === 'signed-out') {
      if (now.status === 'signed-in') end('asked')
    } else if (now.status === 'signed-out') void refresh().catch(() => {})
    else if (now.status === 'signed-in' && now.me.id !== news.userId) deps.reload()
  })

  function begin(answer: TokenResponse): string | null {
    const before = state.get()
    if (before.status === 'signed-in' && before.me.id !== answer.user.id) {
      deps.reload()
      return null
    }
    const lifetime = answer.expires_in * 1000
    const margin = Math.min(MARGIN_MS, lifetime / 5)
    token = { value: answer.access_token, goodUntil: deps.now() + lifetime - margin }
    cancelRefresh()
    cancelRefresh = deps.later(() => void refresh().catch(() => {}), lifetime - margin)
    state.set({ status: 'signed-in', me: answer.user })
    return answer.access_token
  }

  function end(why: 'start' | 'asked' | 'unconfirmed' | 'ended') {
    token = null
    cancelRefresh()
    state.set({ status: 'signed-out', why })
  }

  async function call(path: string, body?: unknown): Promise<Response> {
    const response = await deps
      .fetch(path, {
        method: 'POST',
        credentials: 'same-origin',
        headers: {
          [CSRF.name]: CSRF.value,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
      })
      .catch(() => null)
    if (!response) throw unreachable()
    if (!response.ok) throw await errorOf(response)
    return response
  }

  /** One at a time on this page, and one at a time over all tabs. */
  function refresh(): Promise<string | null> {
    flight ??= deps
      .exclusively(async () => {
        try {
          const response = await call('/api/auth/refresh')
          return begin((await response.json()) as TokenResponse)
        } catch (error) {
          const { status } = error as ApiError
          if (status !== 401 && status !== 403) throw error
          end(state.get().status === 'signed-in' ? 'ended' : 'start')
          return null
        }
      })
      .finally(() => {
        flight = null
      })
    return flight
  }

  return {
    state,

    async start() {
      for (let attempt = 0; ; attempt++) {
        try {
          await refresh()
          return
        } catch {
          state.set({ status: 'unreachable' })
          const wait = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 0
          await new Promise<void>(resolve => {
            deps.later(resolve, wait)
          })
        }
      }
    },

    async signIn(credentials) {
      const response = await call('/api/auth/login', credentials)
      const answer = (await response.json()) as TokenResponse
      begin(answer)
      deps.tell({ type: 'signed-in', userId: answer.user.id })
    },

    async signOut() {
      try {
        await call('/api/auth/logout')
        end('asked')
      } catch (error) {
        end((error as ApiError).status === 401 ? 'asked' : 'unconfirmed')
      }
      deps.tell({ type: 'signed-out' })
    },

    async token(stale) {
      if (token && token.value !== stale && deps.now() < token.goodUntil) return token.value
      return state.get().status === 'signed-out' ? null : refresh()
    },

    async renew() {
      // A server that does not answer now is asked again by the next call.
      await refresh().catch(() => null)
    },
  }
}

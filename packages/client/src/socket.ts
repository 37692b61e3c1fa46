/**
 * Keeps one socket to the server: opens it, notices its death, waits, opens the next. Knows tokens, close codes and
 * time; what the frames mean is not its business.
 */
import { BEARER_SUBPROTOCOL, CLOSE_CODES, FINAL_CLOSE_CODES, formatCommand } from '@pms/protocol'
import { penaltyDelay, retryDelay } from './backoff.ts'
import type { Environment, Signal, SocketLike } from './environment.ts'
import { type Heartbeat, startHeartbeat } from './heartbeat.ts'
import { type Renewal, startRenewal } from './renewal.ts'
import type { ConnectionState, ConnectionStatus, Failure } from './types.ts'

/** A socket that says nothing for so long after opening is given up. */
const GREETING_WITHIN = 15_000
/** One that lived this long was a good one: the next failure is the first of a new row. */
const STABLE_AFTER = 10_000
/** Waking up shortens a wait, but not to less than this after the last try. */
const BETWEEN_TRIES = 2_000

export interface SocketOptions {
  environment: Environment
  getToken: (request: { fresh: boolean }) => Promise<string>
  /** Must have succeeded before a socket opens. May reject with a `Failure`. */
  prepare: () => Promise<void>
  /** Asked anew for every try, because it says what the page has by then, or `since`. */
  address: (since?: number) => string
  onText: (text: string) => void
  onState: (state: ConnectionState) => void
}

export interface Socket {
  connect(): void
  close(): void
  /** False where there is nobody to hear it. */
  send(text: string): boolean
  /** The server has spoken: it is there and has taken the token. */
  greeted(): void
  /** Nothing is missing any more. */
  live(): void
  /** The server is about to stop, and says when this client may come back. */
  draining(retryAfter: number): void
  /** The server has taken a fresh token. */
  renewed(expiresAt: string): void
  /** Gives this socket up and goes on as after any other end. */
  restart(): void
}

export function createSocket(options: SocketOptions): Socket {
  const { environment } = options
  let state: ConnectionState = { status: 'idle', retryAt: null, closeCode: null }
  let socket: SocketLike | null = null
  let token = ''
  let heartbeat: Heartbeat | null = null
  let renewal: Renewal | null = null
  let cancelTimer = () => {}
  let stopSignals = () => {}
  /** Raised with every try and every end, so that what an abandoned try still brings is passed over. */
  let current = 0
  let failures = 0
  /** Refusals of the token in a row. */
  let refusals = 0
  let triedAt = 0
  let liveAt: number | null = null
  /** What a server that is about to stop has asked for. */
  let comeBackAfter: number | null = null
  /** Whether the present wait may be cut short without being asked to. */
  let hurries = true

  const isRunning = () => state.status !== 'idle' && state.status !== 'closed'
  const troubled = (): ConnectionStatus => (environment.isOnline() ? 'reconnecting' : 'offline')

  function tell(status: ConnectionStatus, retryAt: number | null = null, closeCode: number | null = null) {
    state = { status, retryAt, closeCode }
    options.onState(state)
  }

  async function open(): Promise<void> {
    const mine = ++current
    cancelTimer()
    triedAt = environment.now()
    comeBackAfter = null
    tell(isRunning() ? troubled() : 'connecting', null, state.closeCode)
    try {
      await options.prepare()
      if (mine !== current) return
      token = await options.getToken({ fresh: refusals > 0 })
      if (mine !== current) return
      attach(environment.webSocket(options.address(), [BEARER_SUBPROTOCOL, token]))
    } catch (error) {
      if (mine !== current) return
      const closeCode = closeCodeFor(error)
      // REST has asked for a fresh token by itself, so this is not the first refusal.
      if (closeCode === CLOSE_CODES.unauthenticated) refusals ||= 1
      ended(closeCode)
    }
  }

  function attach(opened: SocketLike): void {
    socket = opened
    cancelTimer = environment.schedule(() => ended(null), GREETING_WITHIN)
    opened.onmessage = ({ data }) => {
      heartbeat?.heard()
      if (typeof data === 'string') options.onText(data)
    }
    opened.onclose = ({ code }) => ended(code)
  }

  /** Lets go of everything that belongs to the present try. */
  function release(): void {
    current++
    cancelTimer()
    heartbeat?.stop()
    heartbeat = null
    renewal?.stop()
    renewal = null
    if (socket === null) return
    socket.onmessage = null
    socket.onclose = null
    socket.close()
    socket = null
  }

  function ended(closeCode: number | null): void {
    release()
    if (liveAt !== null && environment.now() - liveAt >= STABLE_AFTER) failures = 0
    liveAt = null
    if (closeCode !== null && FINAL_CLOSE_CODES.has(closeCode)) {
      stopSignals()
      tell('closed', null, closeCode)
      return
    }
    const delay = delayAfter(closeCode)
    cancelTimer = environment.schedule(open, delay)
    tell(troubled(), environment.now() + delay, closeCode)
  }

  function delayAfter(closeCode: number | null): number {
    hurries = closeCode !== CLOSE_CODES.tooMany && comeBackAfter === null
    if (closeCode === CLOSE_CODES.tooMany) return penaltyDelay(environment.random())
    // The first refusal is the ordinary end of a token: a fresh one and on. The next in a row is trouble.
    if (closeCode === CLOSE_CODES.unauthenticated && ++refusals === 1) return 0
    if (comeBackAfter !== null) return comeBackAfter
    return retryDelay(failures++, environment.random())
  }

  /** A fresh token over the same socket. Whatever goes wrong, the socket then ends with its token. */
  async function renew(): Promise<void> {
    const mine = renewal
    const fresh = await options.getToken({ fresh: true }).catch(() => null)
    if (fresh !== null && mine === renewal) socket?.send(formatCommand({ verb: 'auth', token: fresh }))
  }

  function onSignal(signal: Signal): void {
    if (heartbeat !== null) {
      heartbeat.probe()
    } else if (state.retryAt !== null) {
      // Looking at the page again is a reason to try at once, but not to overrule the server.
      const earliest = Math.max(environment.now(), triedAt + BETWEEN_TRIES)
      const sooner = signal === 'wake' && hurries && earliest < state.retryAt
      const retryAt = sooner ? earliest : state.retryAt
      if (sooner) {
        cancelTimer()
        cancelTimer = environment.schedule(open, retryAt - environment.now())
      }
      tell(troubled(), retryAt, state.closeCode)
    }
  }

  return {
    connect() {
      if (isRunning() && state.retryAt === null) return
      if (!isRunning()) stopSignals = environment.onSignal(onSignal)
      void open()
    },
    close() {
      release()
      if (isRunning()) stopSignals()
      failures = 0
      refusals = 0
      liveAt = null
      tell('closed')
    },
    send(text) {
      if (socket === null || heartbeat === null) return false
      socket.send(text)
      return true
    },
    greeted() {
      if (socket === null) return
      cancelTimer()
      refusals = 0
      heartbeat?.stop()
      heartbeat = startHeartbeat(environment, {
        ping: () => socket?.send('ping'),
        dead: () => ended(null),
      })
      renewal?.stop()
      renewal = startRenewal(environment, token, () => void renew())
    },
    draining(retryAfter) {
      comeBackAfter = retryAfter
    },
    renewed: expiresAt => renewal?.renewed(expiresAt),
    live() {
      if (heartbeat === null || state.status === 'live') return
      liveAt = environment.now()
      tell('live')
    },
    restart() {
      if (socket !== null) ended(null)
    },
  }
}

function closeCodeFor(error: unknown): number | null {
  switch ((error as Partial<Failure> | null)?.status) {
    case 401:
      return CLOSE_CODES.unauthenticated
    case 403:
      return CLOSE_CODES.forbidden
    case 429:
      return CLOSE_CODES.tooMany
    default:
      return null
  }
}

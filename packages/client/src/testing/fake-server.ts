/**
 * The other end of a client, inside the test: sockets that the test accepts, feeds, closes or lets die, and REST
 * calls that it answers. `environment` goes to `createInbox`. Nothing here takes real time.
 */
import type { ServerMessage } from '@pms/protocol'
import type { Environment, Signal, SocketLike } from '../environment.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'

export interface FakeRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly token: string
  readonly body: unknown
}

export interface FakeResponse {
  readonly status: number
  readonly body: unknown
}

/** One socket as the server sees it. */
export interface FakeConnection {
  readonly url: URL
  readonly token: string
  /** What the client has said. */
  readonly received: readonly string[]
  readonly open: boolean
  send(message: ServerMessage | string): void
  close(code: number): void
  /** From here on nothing passes in either direction, and neither end is told. */
  drop(): void
}

/** What a test lets the server do. Each may be replaced at any time. */
export interface FakeScript {
  request: (request: FakeRequest) => FakeResponse | Promise<FakeResponse>
  connected: (connection: FakeConnection) => void
  said: (connection: FakeConnection, text: string) => void
}

export interface FakeServer {
  readonly environment: Environment
  readonly clock: FakeClock
  readonly script: FakeScript
  readonly requests: readonly FakeRequest[]
  /** Every socket that was ever opened, the newest last. */
  readonly connections: readonly FakeConnection[]
  /** The newest; throws where there is none, so that a test says what it missed. */
  readonly connection: FakeConnection
  setOnline(online: boolean): void
  /** The page is looked at again. */
  wake(): void
  /** How many listeners wait for signals: what was opened must be closed. */
  readonly signalListeners: number
}

export function createFakeServer(script: Partial<FakeScript> = {}): FakeServer {
  const clock = createFakeClock()
  const requests: FakeRequest[] = []
  const connections: FakeConnection[] = []
  const listeners = new Set<(signal: Signal) => void>()
  let online = true

  const scripted: FakeScript = {
    request: () => ({ status: 404, body: { code: 'not_found', detail: 'Not scripted' } }),
    connected: () => {},
    said: (connection, text) => {
      if (text === 'ping') connection.send('pong')
    },
    ...script,
  }

  function signal(kind: Signal): void {
    for (const listener of [...listeners]) listener(kind)
  }

  const environment: Environment = {
    now: clock.now,
    schedule: clock.schedule,
    random: () => 0.5,
    isOnline: () => online,
    origin: () => 'http://fake',
    onSignal(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    webSocket(url, protocols) {
      const { socket, connection } = connect(url, protocols, scripted)
      connections.push(connection)
      // As on a real network: whoever opens a socket gets to attach handlers before anything arrives.
      queueMicrotask(() => {
        if (connection.open) scripted.connected(connection)
      })
      return socket
    },
    async fetch(url, init) {
      const { pathname, search } = new URL(url, 'http://fake')
      const request: FakeRequest = {
        method: init.method ?? 'GET',
        url: pathname + search,
        token: (new Headers(init.headers).get('authorization') ?? '').replace('Bearer ', ''),
        body: typeof init.body === 'string' ? JSON.parse(init.body) : null,
      }
      requests.push(request)
      const aborted = new Promise<never>((_, reject) => {
        init.signal?.addEventListener('abort', () => reject(new Error('aborted')))
      })
      const { status, body } = await Promise.race([Promise.resolve(scripted.request(request)), aborted])
      return { ok: status < 400, status, json: async () => structuredClone(body) }
    },
  }

  return {
    environment,
    clock,
    script: scripted,
    requests,
    connections,
    get connection() {
      const newest = connections.at(-1)
      if (newest === undefined) throw new Error('No socket was opened')
      return newest
    },
    setOnline(next) {
      online = next
      signal(next ? 'wake' : 'offline')
    },
    wake: () => signal('wake'),
    get signalListeners() {
      return listeners.size
    },
  }
}

function connect(url: string, protocols: string[], script: FakeScript) {
  const received: string[] = []
  let state: 'open' | 'dropped' | 'closed' = 'open'

  const socket: SocketLike = {
    onmessage: null,
    onclose: null,
    send(text) {
      if (state !== 'open') return
      received.push(text)
      script.said(connection, text)
    },
    close() {
      state = 'closed'
    },
  }
  const connection: FakeConnection = {
    url: new URL(url),
    token: protocols[1] ?? '',
    received,
    get open() {
      return state === 'open'
    },
    send(message) {
      if (state !== 'open') return
      socket.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) })
    },
    close(code) {
      if (state !== 'open') return
      state = 'closed'
      socket.onclose?.({ code })
    },
    drop() {
      state = 'dropped'
    },
  }
  return { socket, connection }
}

/**
 * The engine behind Node's own HTTP server, by way of the `ws` library. Every socket is accepted first and refused by
 * a close code after: a browser is not told why an upgrade failed.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { BEARER_SUBPROTOCOL, CLOSE_CODES } from '@pms/protocol'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Resume } from './connection.ts'
import type { Hub } from './hub.ts'
import type { Socket } from './socket.ts'

export interface MountOptions {
  /** Path of the socket, such as `/api/notifications/ws`. */
  path: string
  hub: Hub
  /** Whose token it is: a user id; null when it is bad or expired; 'forbidden' when its owner may not connect. */
  authenticate(token: string): Promise<string | null | 'forbidden'>
  /** Whether pages of this origin may connect. Not asked when no origin is given: then it is no browser. */
  originAllowed(origin: string, request: IncomingMessage): boolean
  /** Told of errors that are nobody's input. */
  onError(error: unknown): void
}

/** Larger than any command, smaller than any harm. */
const MAX_FRAME_BYTES = 8_192

/** A command is one piece; some libraries cut it into a few. */
const MAX_FRAGMENTS = 16

/** How long a client may take to say goodbye when the server stops. */
const CLOSE_GRACE_MS = 1_000

/**
 * Serves the socket on a server. Upgrades to other paths are left to other listeners, or refused where there is none.
 * @returns closes every socket with 1012, so that clients come back to the next process
 */
export function mountSocket(server: Server, options: MountOptions): () => Promise<void> {
  const { path, hub, authenticate, originAllowed, onError } = options
  /** Connections that are no sockets yet: it is being found out whose they are. */
  const judging = new Set<Duplex>()
  const sockets = new Set<WebSocket>()
  const wss = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    maxFragments: MAX_FRAGMENTS,
    handleProtocols: offered => (offered.has(BEARER_SUBPROTOCOL) ? BEARER_SUBPROTOCOL : false),
  })

  server.on('upgrade', onUpgrade)

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const url = URL.parse(request.url ?? '/', 'http://localhost')
    if (url?.pathname !== path) {
      if (server.listenerCount('upgrade') === 1) refuseUpgrade(stream)
      return
    }
    // Until the socket library takes over, a client that goes away must not bring the process down.
    const onStreamError = () => stream.destroy()
    stream.on('error', onStreamError)
    judging.add(stream)
    judge(request, url)
      .catch(error => {
        onError(error)
        return { code: CLOSE_CODES.internal, reason: 'Internal error' }
      })
      .then(verdict => {
        judging.delete(stream)
        stream.off('error', onStreamError)
        if (stream.destroyed) return
        wss.handleUpgrade(request, stream, head, socket => admit(socket, verdict, url))
      })
  }

  async function judge(request: IncomingMessage, url: URL): Promise<{ userId: string } | Refusal> {
    const { origin } = request.headers
    if (origin !== undefined && !originAllowed(origin, request)) {
      return { code: CLOSE_CODES.forbidden, reason: 'Origin not allowed' }
    }
    const token = tokenOf(request, url)
    const userId = token === null ? null : await authenticate(token)
    if (userId === null)
      return { code: CLOSE_CODES.unauthenticated, reason: 'Token missing, invalid or expired' }
    if (userId === 'forbidden') return { code: CLOSE_CODES.forbidden, reason: 'Account not allowed' }
    return { userId }
  }

  function admit(socket: WebSocket, verdict: { userId: string } | Refusal, url: URL): void {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A frame that breaks the rules: the library has closed the socket with the right code already.
    socket.on('error', () => undefined)
    if ('code' in verdict) {
      socket.close(verdict.code, verdict.reason)
      return
    }
    const resume = resumeOf(url)
    const accepted = hub.accept(verdict.userId, asSocket(socket), resume.ok ? resume.value : null)
    if (!accepted) {
      socket.close(CLOSE_CODES.tooMany, 'Too many connections')
      return
    }
    socket.on('close', () => accepted.closed())
    socket.on('message', (frame, isBinary) => {
      if (isBinary) accepted.refuse({ code: 'binary_not_supported', message: 'Commands are text frames' }, '')
      else accepted.command(String(frame))
    })
    if (!resume.ok)
      accepted.refuse({ code: 'bad_argument', message: resume.problem }, url.searchParams.get('since') ?? '')
  }

  return async () => {
    server.off('upgrade', onUpgrade)
    for (const stream of judging) stream.destroy()
    await Promise.all([...sockets].map(endAndWait))
  }
}

interface Refusal {
  code: number
  reason: string
}

async function endAndWait(socket: WebSocket): Promise<void> {
  const gone = new Promise<void>(resolve => socket.once('close', () => resolve()))
  socket.close(CLOSE_CODES.restart, 'Server is restarting')
  const impatience = setTimeout(() => socket.terminate(), CLOSE_GRACE_MS)
  await gone
  clearTimeout(impatience)
}

function refuseUpgrade(stream: Duplex): void {
  // Whoever has gone already cannot be answered; an error that nobody listens for would end the process.
  stream.on('error', () => undefined)
  stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () =>
    stream.destroy(),
  )
}

/** `?token=`, or the second of the subprotocols `bearer, <jwt>`. */
function tokenOf(request: IncomingMessage, url: URL): string | null {
  const fromQuery = url.searchParams.get('token')
  if (fromQuery) return fromQuery
  const offered = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map(protocol => protocol.trim())
  return offered[0] === BEARER_SUBPROTOCOL ? (offered[1] ?? null) : null
}

function resumeOf(url: URL): { ok: true; value: Resume | null } | { ok: false; problem: string } {
  const since = url.searchParams.get('since')
  if (since === null) return { ok: true, value: null }
  if (!/^\d{1,15}$/.test(since))
    return { ok: false, problem: 'since must be the version you have, a whole number' }
  return { ok: true, value: { since: Number(since), epoch: url.searchParams.get('epoch') } }
}

function asSocket(socket: WebSocket): Socket {
  return {
    send: (text, written) => socket.send(text, written && (() => written())),
    close: (code, reason) => socket.close(code, reason),
    get buffered() {
      return socket.bufferedAmount
    },
  }
}

/**
 * The engine behind Node's own HTTP server, by way of the `ws` library. Every socket is accepted first and refused by
 * a close code after: a browser is not told why an upgrade failed.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { BEARER_SUBPROTOCOL, CLOSE_CODES } from '@pms/protocol'
import { type RawData, type ServerOptions, WebSocket, WebSocketServer } from 'ws'
import type { Admission, Credential } from './admission.ts'
import type { Connection, Resume } from './connection.ts'
import type { Hub } from './hub.ts'
import type { Socket } from './socket.ts'

export interface MountOptions {
  /** Path of the socket, such as `/api/notifications/ws`. */
  path: string
  hub: Hub
  /** Whether pages of this origin may connect. Not asked when no origin is given: then it is no browser. */
  originAllowed(origin: string, request: IncomingMessage): boolean
  /** Where a request comes from, when that is not the other end of its TCP connection. */
  addressOf?(request: IncomingMessage): string
  /** Sockets that one address may open in a second, here. */
  upgradesPerSecond?: number
  /** Whether an address may open one more, where others are counted too; asked after that. */
  mayUpgrade?(address: string): Promise<boolean>
  /** Told of errors that are nobody's input. */
  onError(error: unknown): void
}

/** Larger than any command, smaller than any harm. */
const MAX_FRAME_BYTES = 8_192

/** A command is one piece; some libraries cut it into a few. */
const MAX_FRAGMENTS = 16

/** How long a client may take to answer a close; one that is half-open never does. */
const CLOSE_TIMEOUT_MS = 5_000

/** How long a client may take to say goodbye when the server stops. */
const CLOSE_GRACE_MS = 1_000

/**
 * Serves the socket on a server. Upgrades to other paths are left to other listeners, or refused where there is none.
 * @returns closes every socket with 1012, so that clients come back to the next process
 */
export function mountSocket(server: Server, options: MountOptions): () => Promise<void> {
  const { path, hub, originAllowed, onError } = options
  const { addressOf = peerAddress, upgradesPerSecond = 200, mayUpgrade = async () => true } = options
  const mayUpgradeHere = perSecond(upgradesPerSecond)
  /** Connections that are no sockets yet: it is being found out whose they are. */
  const judging = new Set<Duplex>()
  const sockets = new Set<Tab>()
  // The types of the library do not know `closeTimeout` yet.
  const settings: ServerOptions<typeof Tab> & { closeTimeout: number } = {
    WebSocket: Tab,
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    maxFragments: MAX_FRAGMENTS,
    closeTimeout: CLOSE_TIMEOUT_MS,
    handleProtocols: offered => (offered.has(BEARER_SUBPROTOCOL) ? BEARER_SUBPROTOCOL : false),
  }
  const wss = new WebSocketServer(settings)

  server.on('upgrade', onUpgrade)

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const url = URL.parse(request.url ?? '/', 'http://localhost')
    if (url?.pathname !== path) {
      if (server.listenerCount('upgrade') === 1) refuseUpgrade(stream)
      return
    }
    // Until the socket library takes over, a client that goes away must not bring the process down.
    stream.on('error', destroyStream)
    judging.add(stream)
    judge(request, url)
      .catch(error => {
        onError(error)
        return { code: CLOSE_CODES.internal, reason: 'Internal error' }
      })
      .then(verdict => {
        judging.delete(stream)
        if (stream.destroyed) return
        wss.handleUpgrade(request, stream, head, socket => admit(socket, verdict, url))
      })
  }

  async function judge(request: IncomingMessage, url: URL): Promise<Admission | Refusal> {
    const address = addressOf(request)
    if (!mayUpgradeHere(address) || !(await mayUpgrade(address)))
      return { code: CLOSE_CODES.tooMany, reason: 'Too many connections' }
    const { origin } = request.headers
    if (origin !== undefined && !originAllowed(origin, request)) {
      return { code: CLOSE_CODES.forbidden, reason: 'Origin not allowed' }
    }
    const credential = credentialOf(request, url)
    const admission = credential === null ? 'unauthenticated' : await hub.authenticate(credential)
    if (admission === 'unauthenticated')
      return { code: CLOSE_CODES.unauthenticated, reason: 'Token missing, invalid or expired' }
    if (admission === 'forbidden') return { code: CLOSE_CODES.forbidden, reason: 'Account not allowed' }
    return admission
  }

  function release(this: WebSocket, code: number): void {
    if (!(this instanceof Tab)) return
    sockets.delete(this)
    if (this.connection) hub.release(this.connection, code)
  }

  function admit(tab: Tab, verdict: Admission | Refusal, url: URL): void {
    sockets.add(tab)
    tab.on('close', release)
    // A frame that breaks the rules: the library has closed the socket with the right code already.
    tab.on('error', ignore)
    if ('code' in verdict) {
      tab.close(verdict.code, verdict.reason)
      return
    }
    const resume = resumeOf(url)
    const connection = hub.accept(verdict, tab, resume.ok ? resume.value : null)
    if (!connection) {
      tab.close(CLOSE_CODES.tooMany, 'Too many connections')
      return
    }
    tab.connection = connection
    tab.on('pong', takePong)
    tab.on('message', takeFrame)
    if (!resume.ok)
      connection.refuse(
        { code: 'bad_argument', message: resume.problem },
        url.searchParams.get('since') ?? '',
      )
  }

  return async () => {
    server.off('upgrade', onUpgrade)
    for (const stream of judging) stream.destroy()
    // Who does not read what is sent to them is not waited for.
    await Promise.race([hub.drain(), wait(CLOSE_GRACE_MS, undefined, { ref: false })])
    await Promise.all([...sockets].map(endAndWait))
  }
}

interface Refusal {
  code: number
  reason: string
}

/**
 * A socket of the library as the engine sees one. What it listens with is shared by all of them: a process has tens of
 * thousands, and they are mostly idle.
 */
class Tab extends WebSocket implements Socket {
  connection: Connection | null = null

  get buffered(): number {
    return this.bufferedAmount
  }
}

const connectionOf = (socket: WebSocket) => (socket instanceof Tab ? socket.connection : null)

function takePong(this: WebSocket): void {
  connectionOf(this)?.heard()
}

function takeFrame(this: WebSocket, frame: RawData, isBinary: boolean): void {
  const connection = connectionOf(this)
  if (isBinary) connection?.refuse({ code: 'binary_not_supported', message: 'Commands are text frames' }, '')
  else connection?.command(String(frame))
}

function destroyStream(this: Duplex): void {
  this.destroy()
}

function ignore(): void {}

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

/** `?token=`, `?ticket=`, or the second of the subprotocols `bearer, <jwt>`. */
function credentialOf(request: IncomingMessage, url: URL): Credential | null {
  const ticket = url.searchParams.get('ticket')
  if (ticket) return { kind: 'ticket', value: ticket }
  const offered = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map(protocol => protocol.trim())
  const value = url.searchParams.get('token') || (offered[0] === BEARER_SUBPROTOCOL && offered[1])
  return value ? { kind: 'token', value } : null
}

function peerAddress(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? ''
}

/** So many a second for each key; everybody starts afresh when a new second begins. */
function perSecond(most: number): (key: string) => boolean {
  const counts = new Map<string, number>()
  let second = 0
  return key => {
    const now = Math.floor(performance.now() / 1_000)
    if (now !== second) counts.clear()
    second = now
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count <= most
  }
}

function resumeOf(url: URL): { ok: true; value: Resume | null } | { ok: false; problem: string } {
  const since = url.searchParams.get('since')
  if (since === null) return { ok: true, value: null }
  if (!/^\d{1,15}$/.test(since))
    return { ok: false, problem: 'since must be the version you have, a whole number' }
  return { ok: true, value: { since: Number(since), epoch: url.searchParams.get('epoch') } }
}

/** A socket as the engine sees it. What carries it, and what accepted it, is somebody else's business. */
import type { HeartbeatLimits } from './vitals.ts'

export interface Socket {
  /** Queues one text message; `written` is called once it is out of this process. */
  send(text: string, written?: () => void): void
  close(code: number, reason: string): void
  /** Asks whether the other side is there; whatever it says next is the answer. */
  ping(): void
  /** Bytes queued and not yet out of this process. */
  readonly buffered: number
}

/** How much one socket may ask of the server. */
export interface SocketLimits extends HeartbeatLimits {
  /** Commands a second; twice as many may come at once. */
  commandsPerSecond: number
  /** Bytes that may wait for a slow reader before the socket is closed; it resumes on reconnecting. */
  maxBufferedBytes: number
  /** Most notifications in a sync page. */
  pageSize: number
  /** Most changes that a returning client is told one by one. */
  replayLimit: number
}

export const DEFAULT_SOCKET_LIMITS: SocketLimits = {
  idleMs: 25_000,
  patienceMs: 10_000,
  commandsPerSecond: 20,
  maxBufferedBytes: 1_048_576,
  pageSize: 100,
  replayLimit: 1_000,
}

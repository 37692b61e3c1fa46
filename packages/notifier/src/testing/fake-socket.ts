/** A socket that keeps what it is sent, and is as slow as the test wants. */
import type { Socket } from '../socket.ts'

export interface FakeSocket extends Socket {
  /** Everything that was sent, in order; also what should not have been, after the close. */
  readonly sent: readonly string[]
  /** How the engine closed it; null while it has not. */
  readonly ended: { code: number; reason: string } | null
  /** How often the engine asked whether anybody is there. */
  readonly pings: number
  /** What the engine is told to be waiting for the reader. */
  buffered: number
}

/** @param write resolves when a text is out; at once unless told otherwise */
export function fakeSocket(write: () => Promise<unknown> = () => Promise.resolve()): FakeSocket {
  const sent: string[] = []
  let ended: FakeSocket['ended'] = null
  let pings = 0
  return {
    sent,
    get ended() {
      return ended
    },
    get pings() {
      return pings
    },
    buffered: 0,
    ping() {
      pings += 1
    },
    send(text, written) {
      sent.push(text)
      write().then(written)
    },
    close(code, reason) {
      ended ??= { code, reason }
    },
  }
}

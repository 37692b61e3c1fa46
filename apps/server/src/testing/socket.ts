/** A plain WebSocket for tests: keeps what came, and waits for what is to come, never for a time. */
import { EVERYTHING } from '@pms/protocol'

/** So long a test waits before it is told what came instead: longer than a busy machine stands still. */
const PATIENCE_MS = 20_000

export interface SocketOptions {
  /** Added to the query of the URL. */
  query?: Record<string, string>
  protocols?: string[]
  headers?: Record<string, string>
}

/** A message: parsed if it is JSON, else the bare text. */
export type Received = Record<string, unknown> | string

export type TestSocket = Awaited<ReturnType<typeof openSocket>>

/** Resolves when the socket is open, or has been closed by the server instead. */
export async function openSocket(url: URL, { protocols = [], headers = {} }: SocketOptions = {}) {
  // Node's own WebSocket takes headers too, which browsers do not and their types do not know.
  const socket = new WebSocket(url, { protocols, headers } as unknown as string[])
  const messages: Received[] = []
  const arrivals = new EventTarget()
  /** Messages before it were waited for already. */
  let cursor = 0

  const closed = new Promise<{ code: number; reason: string }>(resolve => {
    socket.addEventListener('close', ({ code, reason }) => {
      resolve({ code, reason })
      arrivals.dispatchEvent(new Event('change'))
    })
  })
  socket.addEventListener('message', ({ data }) => {
    messages.push(parse(String(data)))
    arrivals.dispatchEvent(new Event('change'))
  })
  await new Promise(resolve => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', resolve)
  })

  /** The next message that `isIt` says it is; those before it are passed over. */
  function until(isIt: (message: Record<string, unknown>) => boolean, what = 'the message') {
    return waitFor(message => typeof message === 'object' && isIt(message), what) as Promise<
      Record<string, unknown>
    >
  }

  function waitFor(isIt: (message: Received) => boolean, what: string): Promise<Received> {
    const from = cursor
    return new Promise((resolve, reject) => {
      const give = (why: string) => {
        stop()
        reject(new Error(`${what} did not come: ${why}. Came: ${JSON.stringify(messages.slice(from))}`))
      }
      const look = () => {
        for (; cursor < messages.length; cursor++) {
          const message = messages[cursor]
          if (message === undefined || !isIt(message)) continue
          cursor += 1
          stop()
          resolve(message)
          return
        }
        if (socket.readyState === WebSocket.CLOSED) give('the socket is closed')
      }
      const timer = setTimeout(() => give(`waited ${PATIENCE_MS} ms`), PATIENCE_MS)
      const stop = () => {
        clearTimeout(timer)
        arrivals.removeEventListener('change', look)
      }
      arrivals.addEventListener('change', look)
      look()
    })
  }

  return {
    /** Everything that came, oldest first. */
    messages,
    /** Why the server, or the test, ended it. */
    closed,
    until,
    /**
     * The next message of this type; those before it are passed over. That anything may have changed is about no step of
     * a test: it is said whenever a server only now begins to hear others of somebody.
     */
    next: (type: string) => until(message => message.type === type && message.resource !== EVERYTHING, type),
    /** The next message that is exactly this bare text. */
    text: (text: string) => waitFor(message => message === text, `the text ${text}`),
    send: (text: string) => socket.send(text),
    async close(): Promise<void> {
      socket.close()
      await closed
    },
  }
}

function parse(text: string): Received {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : text
  } catch {
    return text
  }
}

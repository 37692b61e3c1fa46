/**
 * One connection for calls, one after another: bytes that were made before, and no more reading than finding out that
 * the answer is whole. A client that does more would be what is measured.
 */
import { connect } from 'node:net'

export interface Answer {
  status: number
  body: string
}

export interface Line {
  /** The next may be asked when this one is answered. */
  ask(request: string): Promise<Answer>
  close(): void
}

export async function openLine(port: number): Promise<Line> {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  const opened = Promise.withResolvers<void>()
  let waiting: PromiseWithResolvers<Answer> | null = null
  let received = ''
  socket.on('connect', opened.resolve)
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('The server closed the connection')))
  socket.on('data', chunk => {
    received += chunk.toString('latin1')
    const answer = readAnswer(received)
    if (!answer) return
    received = ''
    waiting?.resolve(answer)
    waiting = null
  })

  function fail(error: Error): void {
    opened.reject(error)
    waiting?.reject(error)
    waiting = null
  }

  await opened.promise
  return {
    ask(request) {
      waiting = Promise.withResolvers()
      socket.write(request)
      return waiting.promise
    },
    close() {
      socket.removeAllListeners('close')
      socket.destroy()
    },
  }
}

/** Null while it is not whole. */
function readAnswer(received: string): Answer | null {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return null
  const [, size] = /\r\ncontent-length: *(\d+)/i.exec(received) ?? []
  const body = received.slice(end + 4)
  if (size === undefined || body.length < Number(size)) return null
  return { status: Number(received.slice(9, 12)), body }
}

/** The text of a call. @param body sent as JSON */
export function requestOf(method: string, path: string, authorization: string, body?: object): string {
  const text = body ? JSON.stringify(body) : ''
  const head = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    `authorization: ${authorization}`,
    ...(body ? ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`] : []),
  ]
  return `${head.join('\r\n')}\r\n\r\n${text}`
}

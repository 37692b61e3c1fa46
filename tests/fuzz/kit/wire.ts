/** One connection on which bytes are sent, and everything that came back on it. */
import { once } from 'node:events'
import { connect } from 'node:net'

/** So long a server may take before it ends a connection that makes no sense. It ends slower ones later. */
const SILENCE_MS = 300

export interface Answer {
  status: number
  head: string
  body: string
}

/** Sends it in pieces, and resolves when the server has ended the connection, or says nothing more. */
export async function exchange(url: string, pieces: readonly Buffer[]): Promise<Answer[]> {
  const { port, hostname } = new URL(url)
  const socket = connect(Number(port), hostname)
  const received: Buffer[] = []
  socket.on('data', chunk => received.push(chunk))
  socket.on('error', () => undefined)
  const closed = new Promise<void>(resolve => socket.on('close', () => resolve()))
  await Promise.race([once(socket, 'connect').catch(() => undefined), closed])
  for (const piece of pieces) {
    socket.write(piece)
    await new Promise(resolve => setImmediate(resolve))
  }
  // Half-closed, a connection on which nothing is under way is ended by the server too.
  socket.end()
  socket.setTimeout(SILENCE_MS, () => socket.destroy())
  await closed
  return answersIn(Buffer.concat(received))
}

function answersIn(received: Buffer): Answer[] {
  const answers: Answer[] = []
  let at = 0
  while (at < received.length) {
    const end = received.indexOf('\r\n\r\n', at)
    if (end === -1) break
    const head = received.toString('latin1', at, end)
    const status = Number(head.split(' ')[1])
    const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0)
    // What comes in chunks is a file or a page; nothing of interest is behind it.
    if (/transfer-encoding/i.test(head)) break
    answers.push({ status, head, body: received.toString('utf8', end + 4, end + 4 + length) })
    at = end + 4 + length
  }
  return answers
}

/** A small proxy, as well or as badly set up as a test wants it. */
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, request as send } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** What becomes of the headers of a call on its way. */
export type Pass = (headers: IncomingHttpHeaders) => OutgoingHttpHeaders

/** As deploy/nginx does. */
export const wellSetUp: Pass = headers => ({
  ...headers,
  'x-forwarded-for': '127.0.0.1',
  'x-forwarded-proto': 'http',
})

export async function openProxy(target: string, pass: Pass) {
  const open = new Set<Socket>()
  const server = createServer((request, response) => {
    const { method = 'GET', url = '/' } = request
    const onward = send(new URL(url, target), { method, headers: pass(request.headers) }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  server.on('connection', socket => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  server.on('upgrade', (request, socket: Socket) => {
    const headers = pass(request.headers)
    const onward = send(new URL(request.url ?? '/', target), { headers })
    const answer = (status: string, lines: OutgoingHttpHeaders) =>
      socket.write(
        `HTTP/1.1 ${status}\r\n${Object.entries(lines)
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join('')}\r\n`,
      )
    onward.on('upgrade', (reply, other, head) => {
      answer('101 Switching Protocols', reply.headers)
      socket.write(head)
      other.on('error', () => socket.destroy())
      socket.on('error', () => other.destroy())
      other.pipe(socket).pipe(other)
    })
    onward.on('response', reply => {
      answer(`${reply.statusCode} ${reply.statusMessage}`, { 'content-length': 0 })
      reply.destroy()
      socket.end()
    })
    onward.on('error', () => socket.destroy())
    onward.end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close(): void {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}

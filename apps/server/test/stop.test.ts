/** A server that stops while somebody is just about to call it. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { startServer } from '../src/testing/index.ts'

test('a call on a connection that was just opened is refused in words, and one that never comes is not waited for', async () => {
  const server = await startServer()
  const listener = server.app.http.server
  async function open(): Promise<Socket> {
    const { port, hostname } = new URL(server.url)
    const accepted = once(listener, 'connection')
    const socket = connect(Number(port), hostname)
    await Promise.all([once(socket, 'connect'), accepted])
    return socket
  }
  const caller = await open()
  const silent = await open()
  const silenced = once(silent.resume(), 'close')
  const closed = server.close()
  await expect.poll(() => listener.listening, { interval: 5 }).toBe(false)
  caller.write('PUT /api/notifications/mark-all-read HTTP/1.1\r\nHost: pms\r\nContent-Length: 0\r\n\r\n')
  const [answer] = await once(caller, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1.1 503 /)
  await Promise.all([closed, silenced])
})

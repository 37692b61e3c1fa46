/** Sockets: who gets one, and what somebody who has one can do to the server and to others. */
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startServer, type TestServer } from '../../apps/server/src/testing/index.ts'
import { createGoal } from '../../apps/server/test/goal-calls.ts'
import type { NotificationPage } from '../../packages/protocol/src/index.ts'
import { contentOf } from './content.ts'

const PASSWORD = 'correct horse battery'

let server: TestServer
let cast: Record<'john' | 'jane', Person>
beforeAll(async () => {
  server = await startServer()
  cast = await server.addOrganisation()
  await server.addPerson('Pat Browser', { password: PASSWORD })
})
afterAll(() => server.close())

describe('a page of elsewhere', () => {
  test('gets no socket, whatever its browser sends along', async () => {
    const browser = server.browser()
    await browser.post('/api/auth/login', { email: 'pat.browser@example.test', password: PASSWORD })
    const cookie = `pms_access=${browser.cookies.get('pms_access')}; pms_refresh=${browser.cookies.get('pms_refresh')}`
    const token = browser.cookies.get('pms_access') ?? ''
    const host = new URL(server.url).host
    const origins = ['https://evil.test', 'null', `https://${host}.evil.test`, `http://evil.test#${host}`]
    for (const origin of origins) {
      const socket = await server.socket(token, { headers: { origin, cookie } })
      expect((await socket.closed).code, origin).toBe(4403)
      expect(socket.messages).toEqual([])
    }
    // A cookie alone opens none at all, not even to a page of ours.
    const own = await server.socket('', { headers: { origin: server.url, cookie } })
    expect((await own.closed).code).toBe(4401)
    const good = await server.socket(token, { headers: { origin: server.url } })
    await good.next('connection_established')
  })
})

/** A socket by hand: what a library would not send. */
async function rawSocket(token: string, extra = '') {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  let received = Buffer.alloc(0)
  const ended = new Promise<void>(resolve => socket.once('close', () => resolve()))
  socket.on('data', chunk => {
    received = Buffer.concat([received, chunk])
  })
  socket.on('error', () => undefined)
  socket.write(
    `GET /api/notifications/ws?token=${token} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\n` +
      `Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n${extra}\r\n`,
  )
  await expect.poll(() => received.toString('latin1')).toContain('connection_established')
  return { socket, ended, text: () => received.toString('latin1'), bytes: () => received }
}

/** A frame of a client, masked with zeros. */
function frame(firstByte: number, payload: Buffer): Buffer {
  const length =
    payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 255]
  return Buffer.concat([Buffer.from([firstByte, ...length, 0, 0, 0, 0]), payload])
}

describe('what is compressed', () => {
  test('is neither offered nor taken: a frame that says so ends its socket, unopened', async () => {
    const { socket, ended, text, bytes } = await rawSocket(
      await server.tokenOf(cast.john),
      'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n',
    )
    expect(text().split('\r\n\r\n', 1)[0]).not.toMatch(/sec-websocket-extensions/i)
    socket.write(frame(0x81 | 0x40, Buffer.alloc(100, 0x61)))
    await ended
    // The last that came is a close frame with 1002: the rules were broken.
    expect(bytes().subarray(-4).toString('hex')).toMatch(/^88..03ea$/)
  })
})

describe('a stranger on the socket', () => {
  /** Every command there is, said about what is Jane's. */
  const COMMANDS: Record<string, (ids: { notification: string; token: string }) => string> = {
    ping: () => 'ping',
    mark_read: ({ notification }) => `mark_read:${notification}`,
    mark_unread: ({ notification }) => `mark_unread:${notification}`,
    mark_all_read: () => 'mark_all_read',
    delete: ({ notification }) => `delete:${notification}`,
    sync: () => 'sync:0',
    auth: ({ token }) => `auth:${token}`,
  }
  /** What answers each, when it has done nothing. */
  const ANSWERS: Record<string, unknown> = {
    ping: 'pong',
    mark_read: { type: 'error', code: 'not_found' },
    mark_unread: { type: 'error', code: 'not_found' },
    // Nothing of one's own to read, and nothing said.
    mark_all_read: null,
    delete: { type: 'error', code: 'not_found' },
    sync: { type: 'sync', notifications: [], deleted: [], total_count: 0 },
    auth: 4403,
  }

  test('says every command about what is somebody else’s, and neither reads nor changes it', async () => {
    await createGoal(await server.as(cast.john))
    const { body } = await (await server.as(cast.jane)).get<NotificationPage>('/api/notifications')
    const notification = body.notifications[0]?.id ?? ''
    const stranger = await server.addPerson('Sam Stranger')
    const token = await server.tokenOf(cast.jane)

    const asked = await server.socket(stranger)
    asked.send('what can I say?')
    const [, list = ''] = String((await asked.next('error')).message).split('commands: ')
    const known = list.split(', ').map(usage => /^[a-z_]+/.exec(usage)?.[0])
    expect(known.sort()).toEqual(Object.keys(COMMANDS).sort())

    const before = await contentOf(server)
    for (const [verb, command] of Object.entries(COMMANDS)) {
      const socket = await server.socket(stranger, { query: { since: '0' } })
      await socket.next('sync')
      socket.send(command({ notification, token }))
      const expected = ANSWERS[verb]
      if (expected === null) {
        socket.send('ping')
        await socket.text('pong')
        expect(socket.messages.map(message => typeof message === 'object' && message.type)).not.toContain(
          'all_marked_read',
        )
      } else if (typeof expected === 'number') expect((await socket.closed).code).toBe(expected)
      else if (typeof expected === 'string') await socket.text(expected)
      else
        expect(await socket.next(String((expected as { type: string }).type))).toMatchObject(
          expected as object,
        )
      expect(JSON.stringify(socket.messages), verb).not.toMatch(/Learn Go|John Doe/)
    }
    expect(await contentOf(server)).toEqual(before)
  })
})

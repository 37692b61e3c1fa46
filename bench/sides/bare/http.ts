/** The calls of both sides without a framework: a token checked, a body checked, rows, and the delivery they are given. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setImmediate as others } from 'node:timers/promises'
import { announced, contentOf } from '../payload.ts'
import { verifyToken } from '../token.ts'
import { readAnnouncement, readRaise } from './body.ts'
import type { Store, Told } from './store.ts'

/** The most inboxes that one transaction of an announcement holds, as with ours. */
const AT_ONCE = 200

export interface BareOptions {
  store: Store
  secret: string
  deliver(told: Told): void
}

/** What is answered. */
type Answer = readonly [status: number, body: object]

export function createBareServer({ store, secret, deliver }: BareOptions) {
  const routes: Readonly<Record<string, (userId: string, body: string) => Promise<Answer>>> = {
    'POST /api/notifications': async (_, text) => {
      const body = readRaise(text)
      if (!body) return [422, {}]
      const content = contentOf(body)
      const at = new Date().toISOString()
      const told = await store.commit(() => body.to.map(({ user_id }) => store.add(user_id, content, at)))
      told.forEach(deliver)
      return [201, { type: body.type, created: told.length }]
    },

    'POST /api/announcements': async (publisher, text) => {
      const body = readAnnouncement(text)
      if (!body) return [422, {}]
      const id = randomUUID()
      const content = announced(id, body)
      // The call is answered now, and everybody told from now on.
      setImmediate(async () => {
        const to = store.everybody().filter(userId => userId !== publisher)
        for (let from = 0; from < to.length; from += AT_ONCE) {
          const at = new Date().toISOString()
          const some = to.slice(from, from + AT_ONCE)
          const told = await store.commit(() => some.map(userId => store.add(userId, content, at)))
          told.forEach(deliver)
          await others()
        }
      })
      return [201, { id }]
    },

    'PUT /api/notifications/mark-all-read': async userId => {
      const count = await store.commit(() => store.readAll(userId, new Date().toISOString()))
      deliver({ userId, message: { type: 'all_marked_read', count } })
      return [200, { message: `${count} notifications marked as read` }]
    },

    'GET /api/notifications': async userId => [200, store.firstPage(userId)],
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const route = routes[`${request.method} ${request.url}`]
    if (!route) return [404, {}]
    const [, token = ''] = (request.headers.authorization ?? '').split(' ')
    const userId = verifyToken(token, secret)
    return userId === null ? [401, {}] : route(userId, await textOf(request))
  }

  return createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    answer(request).then(
      ([status, body]) => say(response, status, body),
      error => say(response, 500, { detail: String(error) }),
    )
  })
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function say(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

/** Listens on a free port and says which. */
export function listen(server: ReturnType<typeof createServer>): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (typeof address === 'object' && address) process.stdout.write(`ready on [${address.port}]\n`)
  })
}

/** A variable without which the server cannot run. */
export function variable(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}

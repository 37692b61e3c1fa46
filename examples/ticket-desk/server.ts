/** A ticket desk: whoever is given a ticket hears of it at once. Serves the page, the inbox and the desk itself. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { createHub, createInboxes, defineNotification, memoryBus, notify } from '@pms/notifier'
import { openDatabase, sqlite } from '@pms/notifier/database'
import { createInboxApi } from '@pms/notifier/rest'
import { mountSocket } from '@pms/notifier/ws'
import Type from 'typebox'
import { createServer as createVite } from 'vite'

const ticketAssigned = defineNotification<{ subject: string }>()({
  type: 'ticket_assigned',
  priority: 'high',
  data: Type.Object({ ticket_id: Type.String() }),
  title: () => 'New ticket',
  message: ({ actor, words }) => `${actor} has given you '${words.subject}'.`,
  actionUrl: ({ data }) => `#${data.ticket_id}`,
})

const onError = (error: unknown) => process.stderr.write(`${error}\n`)
const bus = memoryBus()
const database = await openDatabase({ engine: sqlite(process.env.DATABASE ?? ':memory:'), bus })
const inboxes = createInboxes(database)
// Everybody is believed to be who they say they are. Yours checks a token here.
const authenticate = async ({ value }: { value: string }) =>
  ({ userId: value, session: value, expiresAt: Number.MAX_SAFE_INTEGER }) as const
const hub = createHub({ bus, inboxes, authenticate, onError })
const inboxApi = createInboxApi({ hub, inboxes, onError })

async function assign(request: IncomingMessage) {
  const { from, to, subject } = (await json(request)) as { from: string; to: string; subject: string }
  const actor = { id: from, name: from }
  await database.transaction(async tx =>
    notify(tx, ticketAssigned, { to, actor, data: { ticket_id: randomUUID() }, words: { subject } }),
  )
}

const server = createServer((request, response) => {
  if (request.url?.startsWith('/api/notifications')) return inboxApi.node(request, response)
  if (request.url !== '/tickets') return vite.middlewares(request, response)
  const done = (status: number) => response.writeHead(status).end()
  assign(request).then(
    () => done(204),
    () => done(400),
  )
})
mountSocket(server, {
  path: '/api/notifications/ws',
  hub,
  originAllowed: (origin, request) => origin === `http://${request.headers.host}`,
  onError,
})
const vite = await createVite({
  root: import.meta.dirname,
  logLevel: 'warn',
  server: { middlewareMode: true, hmr: { server } },
})
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/?as=ann\n`)
})

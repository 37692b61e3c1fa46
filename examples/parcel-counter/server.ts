/** The parcel counter of a house, with Hono: whoever gets a parcel hears of it at once, until it is handed out. */
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createHub, createInboxes, defineNotification, memoryBus, notify, resolve } from '@pms/notifier'
import { openDatabase, sqlite } from '@pms/notifier/database'
import { createInboxApi } from '@pms/notifier/rest'
import { mountSocket } from '@pms/notifier/ws'
import { Hono } from 'hono'
import Type from 'typebox'
import { createServer as createVite } from 'vite'

const parcelArrived = defineNotification<{ from: string }>()({
  type: 'parcel_arrived',
  priority: 'medium',
  needsAction: true,
  data: Type.Object({ parcel_id: Type.String() }),
  title: () => 'A parcel for you',
  message: ({ words }) => `A parcel from ${words.from} is at the counter.`,
  actionUrl: () => null,
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

const counter = new Hono()
counter.all('/api/notifications/*', c => inboxApi.fetch(c.req.raw))
counter.post('/api/parcels', async c => {
  const { to, from } = await c.req.json<{ to: string; from: string }>()
  const id = crypto.randomUUID()
  const raised = { to, actor: null, data: { parcel_id: id }, words: { from }, object: { type: 'parcel', id } }
  await database.transaction(async tx => notify(tx, parcelArrived, raised))
  return c.json({ id }, 201)
})
counter.post('/api/parcels/:id/handed-out', async c => {
  const parcel = { type: 'parcel', id: c.req.param('id') }
  await database.transaction(async tx => resolve(tx, parcel, null))
  return c.body(null, 204)
})

const answer = getRequestListener(counter.fetch)
const server = createServer((request, response) =>
  request.url?.startsWith('/api/') ? answer(request, response) : vite.middlewares(request, response),
)
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
server.listen(Number(process.env.PORT ?? 3001), '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/?as=ann\n`)
})

/** The bare floor: Node's `http`, `ws` and `node:sqlite`. What anything built on Node can at best come to. */
import { type WebSocket, WebSocketServer } from 'ws'
import { verifyToken } from '../token.ts'
import { createBareServer, listen, variable } from './http.ts'
import { openStore } from './store.ts'

const secret = variable('JWT_SECRET')
const store = openStore(variable('DATABASE'), process.env.COMMIT === 'together')
const tabs = new Map<string, Set<WebSocket>>()
const sockets = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false })

const server = createBareServer({
  store,
  secret,
  deliver({ userId, message }) {
    const bytes = Buffer.from(JSON.stringify(message))
    for (const tab of tabs.get(userId) ?? []) tab.send(bytes, { binary: false })
  },
})

server.on('upgrade', (request, socket, head) => {
  const url = new URL(request.url ?? '/', 'http://floor')
  const userId = verifyToken(url.searchParams.get('token') ?? '', secret)
  if (url.pathname !== '/api/notifications/ws' || userId === null) return socket.destroy()
  sockets.handleUpgrade(request, socket, head, tab => {
    const own = tabs.get(userId) ?? new Set()
    tabs.set(userId, own.add(tab))
    tab.on('message', message => {
      if (String(message) === 'ping') tab.send('pong')
    })
    tab.on('close', () => {
      own.delete(tab)
      if (own.size === 0) tabs.delete(userId)
    })
    tab.send(
      JSON.stringify({
        type: 'connection_established',
        message: 'Connected to notification service',
        user_id: userId,
      }),
    )
  })
})

process.on('SIGTERM', () => process.exit())
listen(server)

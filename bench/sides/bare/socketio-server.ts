/** Socket.IO as its own guide sets it up: a room for each person; rows and calls as on the bare floor. */
import { Server } from 'socket.io'
import { verifyToken } from '../token.ts'
import { createBareServer, listen, variable } from './http.ts'
import { openStore } from './store.ts'

const secret = variable('JWT_SECRET')
const store = openStore(variable('DATABASE'), false)

const server = createBareServer({
  store,
  secret,
  // Socket.IO makes the text itself, from the message.
  deliver: ({ userId, message }) => io.to(userId).emit('new_notification', message),
})

const io = new Server(server, { serveClient: false, transports: ['websocket'] })
io.use((socket, next) => {
  const { token } = socket.handshake.query
  const userId = typeof token === 'string' ? verifyToken(token, secret) : null
  if (userId === null) return next(new Error('unauthenticated'))
  socket.join(userId)
  next()
})

process.on('SIGTERM', () => process.exit())
listen(server)

/** The client in Node, where there is no server: it says so, goes on trying, and lets the process end. */
import { createInbox } from '@pms/client'

const inbox = createInbox({ url: 'http://127.0.0.1:1', getToken: async () => 'token' })
const { promise: cut, resolve } = Promise.withResolvers<void>()
inbox.subscribe(() => {
  if (inbox.getSnapshot().connection.status === 'reconnecting') resolve()
})
inbox.connect()
await cut
inbox.close()
process.stdout.write(inbox.getSnapshot().connection.status)

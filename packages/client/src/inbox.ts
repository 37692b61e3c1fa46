/** Puts the parts together. The one place where they meet; nothing is decided here. */
import { createActions } from './actions.ts'
import { createEmitter } from './emitter.ts'
import { platform } from './environment.ts'
import { createFeed } from './feed.ts'
import { createModel } from './model.ts'
import { createRest } from './rest.ts'
import { createSocket } from './socket.ts'
import type { Inbox, InboxEvents, InboxOptions } from './types.ts'

/** The inbox of one person. Nothing happens before `connect()`, so it may be made during server rendering. */
export function createInbox(options: InboxOptions): Inbox {
  const environment = { ...platform, ...options.environment }
  const model = createModel()
  const events = createEmitter<InboxEvents>()
  const rest = createRest(options, environment)

  const socket = createSocket({
    environment,
    getToken: options.getToken,
    prepare: () => feed.load(),
    address() {
      const base = (options.url === '' ? environment.origin() : options.url).replace(/^http/, 'ws')
      const query = new URLSearchParams({ since: String(model.parts.base.version) })
      if (model.parts.epoch !== null) query.set('epoch', model.parts.epoch)
      return `${base}/api/notifications/ws?${query}`
    },
    onText: text => feed.receive(text),
    onState(connection) {
      model.update({ connection })
      if (connection.status !== 'live') feed.cut()
    },
  })
  const feed = createFeed({ model, rest, events, socket })

  return {
    getSnapshot: model.getSnapshot,
    subscribe: model.subscribe,
    on: events.on,
    connect: socket.connect,
    close: socket.close,
    ...createActions(model, rest, events),
    loadMore: feed.loadMore,
  }
}

/** Puts the parts together. The one place where they meet; nothing is decided here. */
import { createActions } from './actions.ts'
import { createEmitter, type Emitter } from './emitter.ts'
import type { Environment } from './environment.ts'
import { createFeed, type Feed } from './feed.ts'
import { createMarks } from './marks.ts'
import { createModel, type Model } from './model.ts'
import { type Announcement, createNews, type News } from './news.ts'
import { createRest } from './rest.ts'
import type { Socket, SocketOptions } from './socket.ts'
import type { Failure, Inbox, InboxEvents, InboxOptions } from './types.ts'

/** What makes one inbox differ from another: whose socket it is, and who presents what is new. */
export interface Parts {
  socket(options: SocketOptions, core: Core): Socket
  announce(news: Announcement, events: Emitter<InboxEvents>): void
}

/** The inside of an inbox, for what is built on it within this package. */
export interface Core {
  readonly model: Model
  readonly events: Emitter<InboxEvents>
  readonly news: News
  readonly feed: Feed
}

export function assemble(options: InboxOptions, environment: Environment, parts: Parts): Inbox {
  const model = createModel()
  const events = createEmitter<InboxEvents>()
  const rest = createRest(options, environment)
  const marks = createMarks()
  const news = createNews(model, announcement => parts.announce(announcement, events))

  const socketOptions: SocketOptions = {
    environment,
    getToken: options.getToken,
    prepare: () => feed.load(),
    address(since = model.parts.base.version) {
      const base = (options.url === '' ? environment.origin() : options.url).replace(/^http/, 'ws')
      const query = new URLSearchParams({ since: String(since) })
      if (model.parts.epoch !== null) query.set('epoch', model.parts.epoch)
      return `${base}/api/notifications/ws?${query}`
    },
    onText: text => feed.receive(text),
    onState(connection) {
      model.update({ connection })
      if (connection.status !== 'live') feed.cut()
    },
  }
  const core: Core = {
    model,
    events,
    news,
    get feed() {
      return feed
    },
  }
  const socket = parts.socket(socketOptions, core)
  const feed = createFeed({ model, rest, events, news, marks, socket, environment })

  return {
    getSnapshot: model.getSnapshot,
    subscribe: model.subscribe,
    on: events.on,
    connect: socket.connect,
    close: socket.close,
    ...createActions({ model, rest, events, marks, environment, ask: feed.ask }),
    loadMore: feed.loadMore,
    fetchPage: (filters, cursor = null, window) =>
      rest.page(cursor, filters, window).then(page => ({ ok: true, page }), failed),
    fetchItem: id => rest.item(id).then(item => ({ ok: true, item }), failed),
  }
}

const failed = (failure: Failure) => ({ ok: false as const, failure })

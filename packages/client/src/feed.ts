/**
 * Follows the inbox through the messages of one socket after another: catching up, live, starting afresh. Knows the
 * order of things; REST, the socket and what is news to a person are handed to it.
 */
import { EVERYTHING, formatCommand, type ServerMessage } from '@pms/protocol'
import type { Emitter } from './emitter.ts'
import type { Environment } from './environment.ts'
import type { Marks } from './marks.ts'
import type { Model, Parts } from './model.ts'
import type { News } from './news.ts'
import type { Rest } from './rest.ts'
import type { Socket } from './socket.ts'
import { appendPage, apply, fromPage } from './store.ts'
import type { Failure, InboxEvents } from './types.ts'

export interface Feed {
  receive(text: string): void
  /** The socket is gone. */
  cut(): void
  /** Takes over what another tab has, which is all there is. */
  adopt(state: Pick<Parts, 'base' | 'epoch' | 'cursor'>): void
  /** Asks for all that is after what is known. */
  ask(): void
  /** The first page; does nothing once there is one. Rejects with a `Failure`. */
  load(): Promise<void>
  loadMore(): Promise<void>
}

export interface FeedOptions {
  model: Model
  rest: Rest
  events: Emitter<InboxEvents>
  news: News
  marks: Marks
  socket: Pick<Socket, 'send' | 'greeted' | 'live' | 'restart' | 'draining' | 'renewed'>
  environment: Pick<Environment, 'schedule'>
}

/**
 * One answer fills the whole gap, though every message after it finds it again. Rows that are not loaded may change
 * many times a second, and a server that is asked too often sends its client away.
 */
const BETWEEN_ASKS = 100

export function createFeed({ model, rest, events, news, marks, socket, environment }: FeedOptions): Feed {
  let catchingUp = true
  let wasLive = false
  /** It was asked just now; what is to be asked besides waits. */
  let resting = false
  let again = false
  /** While starting afresh: what comes meanwhile, to be applied to what REST brings. */
  let held: ServerMessage[] | null = null
  /** While an older page is fetched: what comes meanwhile, to be played over its rows. */
  let recorded: ServerMessage[] | null = null

  function receive(text: string): void {
    const message = parse(text)
    if (message === null) return
    switch (message.type) {
      case 'connection_established':
        catchingUp = true
        socket.greeted()
        // Nothing that is held means anything to another database.
        if (model.parts.epoch !== message.epoch) void startAfresh()
        return
      case 'resource_changed':
        if (message.resource === EVERYTHING) events.emit('reconnected', undefined)
        else events.emit('resource_changed', { resource: message.resource, id: message.id })
        return
      case 'server_draining':
        socket.draining(message.retry_after_ms)
        return
      case 'auth_refreshed':
        socket.renewed(message.expires_at)
        return
      case 'error':
        // Nobody asked for the renewal of a token, and the socket goes on until the old one ends.
        if (message.request === 'auth') return
        events.emit('error', { code: message.code, message: message.message, request: message.request })
        return
      default:
        if (message.type === 'all_marked_read') marks.told(message.through_seq, message.version)
        if (held === null) take(message)
        else held.push(message)
    }
  }

  function take(message: ServerMessage): void {
    recorded?.push(message)
    const { state, outcome } = apply(model.parts.base, message)
    if (outcome === 'gap') {
      ask()
      return
    }
    if (outcome === 'reset') {
      void startAfresh()
      return
    }
    const endsPages = message.type === 'sync' && !message.more
    if (outcome === 'applied') model.update({ base: state }, endsPages)
    if (catchingUp && endsPages) caughtUp()
    // Between two pages a row may still be old news that a later page changes once more.
    else if (!catchingUp && (message.type !== 'sync' || endsPages)) news.tell(false)
  }

  function ask(): void {
    const { version } = model.parts.base
    again = resting
    if (resting || !socket.send(formatCommand({ verb: 'sync', since: version }))) return
    resting = true
    environment.schedule(() => {
      resting = false
      if (again) ask()
    }, BETWEEN_ASKS)
  }

  function caughtUp(): void {
    catchingUp = false
    socket.live()
    if (wasLive) events.emit('reconnected', undefined)
    wasLive = true
    news.tell(true)
  }

  async function startAfresh(): Promise<void> {
    const mine: ServerMessage[] = []
    held = mine
    recorded = null
    model.update({ loading: true })
    try {
      const page = await rest.page(null)
      if (held !== mine) return
      held = null
      const renewed = model.parts.epoch !== page.epoch
      adopt(page)
      // Versions of another database say nothing about what this person has seen.
      if (renewed) news.toldUpTo = page.version
      catchingUp = true
      for (const message of mine) {
        // The server asked for what has been done by now.
        const isDone = message.type === 'sync_reset' && message.version <= page.version
        if (!isDone) take(message)
      }
      if (held === null && catchingUp) caughtUp()
    } catch (error) {
      if (held !== mine) return
      held = null
      model.update({ loading: false, error: error as Failure })
      socket.restart()
    }
  }

  function adopt(page: Awaited<ReturnType<Rest['page']>>): void {
    const base = fromPage(page)
    const { epoch } = page
    model.update({ base, epoch, cursor: page.next_cursor, loading: false, loaded: true, error: null }, true)
  }

  return {
    receive,
    ask,
    cut() {
      catchingUp = true
      if (held === null) return
      held = null
      model.update({ loading: false })
    },
    adopt(state) {
      held = null
      recorded = null
      model.update({ ...state, loading: false, loaded: true, error: null }, true)
      caughtUp()
    },
    async load() {
      if (model.parts.loaded) return
      model.update({ loading: true })
      try {
        const page = await rest.page(null)
        // A second `connect()` may have been quicker.
        if (model.parts.loaded) return
        adopt(page)
        news.toldUpTo = page.version
      } catch (error) {
        model.update({ loading: false, error: error as Failure })
        throw error
      }
    },
    async loadMore() {
      const { loaded, loading, cursor } = model.parts
      if (!loaded || loading || cursor === null) return
      const mine: ServerMessage[] = []
      recorded = mine
      model.update({ loading: true, error: null })
      try {
        const page = await rest.page(cursor)
        if (recorded !== mine) return
        recorded = null
        const base = appendPage(model.parts.base, page, mine)
        model.update({ base, cursor: page.next_cursor, loading: false })
        // The page knows of changes that the socket has not brought yet. A page of sync puts the totals right.
        if (page.version > base.version) ask()
      } catch (error) {
        if (recorded !== mine) return
        recorded = null
        model.update({ loading: false, error: error as Failure })
      }
    },
  }
}

/** Null for `pong` and for anything that is no message: a server may say more than this client knows. */
function parse(text: string): ServerMessage | null {
  try {
    const message: unknown = JSON.parse(text)
    return typeof message === 'object' && message !== null && 'type' in message
      ? (message as ServerMessage)
      : null
  } catch {
    return null
  }
}

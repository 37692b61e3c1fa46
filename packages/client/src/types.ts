/** What an application sees of the client: the state, the events, the actions. No behaviour lives here. */
import type { ErrorMessage, InboxItem, NotificationPage, Priority, ResourceChanged } from '@pms/protocol'
import type { Environment } from './environment.ts'

export type { InboxItem, NotificationPage, Priority } from '@pms/protocol'

/**
 * `idle` before the first `connect()`, `closed` after `close()` or when the server said that coming back cannot
 * help. Between them the client looks after itself: `reconnecting` waits until `retryAt` or is trying (`null`),
 * `offline` is the same while the machine says that it has no network.
 */
export type ConnectionStatus = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'offline' | 'closed'

export interface ConnectionState {
  readonly status: ConnectionStatus
  /** Milliseconds of the wall clock at which the next try begins. */
  readonly retryAt: number | null
  /** Why the last socket ended, while there is no new one. */
  readonly closeCode: number | null
}

/** Something that could not be done. `status` is null where no answer came at all. */
export interface Failure {
  readonly status: number | null
  /** Stable, for programs: the server's own code, or `network`. */
  readonly code: string
  /** For people. */
  readonly message: string
}

/** Immutable; a new object whenever anything in it changed. */
export interface InboxState {
  readonly connection: ConnectionState
  /** Highest `seq` first, without a hole from the newest down to the oldest that is loaded. */
  readonly items: readonly InboxItem[]
  /** The server's number, plus what was done here and is not confirmed yet. */
  readonly unreadCount: number
  readonly totalCount: number
  readonly version: number
  readonly epoch: string | null
  /** A page is being fetched. */
  readonly loading: boolean
  /** The first page has come, so that an empty list means an empty inbox. */
  readonly loaded: boolean
  readonly hasMore: boolean
  /** Why the last fetch of a page failed. */
  readonly error: Failure | null
}

/**
 * What this tab is to do to make a person aware. `full`: show it, with its sound. `background`: no tab is looked at,
 * so a toast would be lost; a sound or a notification of the desktop is not. `none`: another tab does it. An inbox
 * that is not shared is always told `full`.
 */
export type Presentation = 'full' | 'background' | 'none'

export interface InboxEvents {
  /** Arrived just now, unread, never seen before. */
  notification: { readonly notification: InboxItem; readonly presentation: Presentation }
  /**
   * Arrived while there was no connection: all of them, newest first, in one event. `more` says that only the
   * newest are listed.
   */
  caught_up: {
    readonly notifications: readonly InboxItem[]
    readonly more: boolean
    readonly presentation: Presentation
  }
  /** Something outside the inbox changed. */
  resource_changed: Pick<ResourceChanged, 'resource' | 'id'>
  /**
   * There was no connection for a while, or the server was cut off from the others: whatever else the page shows may
   * be out of date.
   */
  reconnected: undefined
  /** Of an inbox that is shared: the person signed out in another tab, and the inbox is closed here too. */
  signed_out: undefined
  /** A command or an action was refused; what it had changed on screen is taken back. */
  error: Pick<ErrorMessage, 'code' | 'message' | 'request'>
}

export type InboxEvent = keyof InboxEvents

/** How an action ended. It never rejects: a refusal is also told as an `error` event. */
export type ActionResult = { readonly ok: true } | { readonly ok: false; readonly failure: Failure }

/** `undo` marks unread again what this call marked read, and nothing else. */
export type MarkAllResult =
  | { readonly ok: true; undo(): Promise<ActionResult> }
  | { readonly ok: false; readonly failure: Failure }

export type BulkAction = 'read' | 'unread' | 'delete' | 'restore'

/** `notFound`: ids of what is not in this inbox. */
export type BulkActionResult =
  | { readonly ok: true; readonly changed: number; readonly notFound: readonly string[] }
  | { readonly ok: false; readonly failure: Failure }

export interface PageFilters {
  readonly unreadOnly?: boolean
  readonly type?: string
  readonly priority?: Priority
  /** Only what asks for a decision that nobody has made yet. */
  readonly needsAction?: boolean
}

/** Which part of what is selected: after the first `skip`, at most `limit`, which is `pageSize` if not given. */
export interface PageWindow {
  readonly skip?: number
  readonly limit?: number
}

export type ItemResult =
  | { readonly ok: true; readonly item: InboxItem }
  | { readonly ok: false; readonly failure: Failure }

export type PageResult =
  | { readonly ok: true; readonly page: NotificationPage }
  | { readonly ok: false; readonly failure: Failure }

export interface Inbox {
  getSnapshot(): InboxState
  /** Called after every change of the state. Returns the unsubscribe. */
  subscribe(listener: () => void): () => void
  on<E extends InboxEvent>(event: E, handler: (payload: InboxEvents[E]) => void): () => void

  /** Loads the newest page, then opens the socket and keeps it. While waiting for a retry: tries at once. */
  connect(): void
  close(): void

  markRead(id: string): Promise<ActionResult>
  markUnread(id: string): Promise<ActionResult>
  /** Everything known by now; what arrives after the call stays unread. */
  markAllRead(): Promise<MarkAllResult>
  remove(id: string): Promise<ActionResult>
  /** Undoes `remove`. */
  restore(id: string): Promise<ActionResult>
  /** One action on any number; sent a hundred at a time, and each hundred is done whole or not at all. */
  bulk(ids: readonly string[], action: BulkAction): Promise<BulkActionResult>
  /** Fetches the next older page, if there is one and none is on its way. */
  loadMore(): Promise<void>
  /**
   * A page of what the filters select, as the server has it now; `cursor` is the `next_cursor` of the page before.
   * It is no part of the state: it is out of date as soon as `version` of the state is above that of the page.
   */
  fetchPage(filters?: PageFilters, cursor?: string | null, window?: PageWindow): Promise<PageResult>
  /** One notification, wherever it stands. Like a page it is no part of the state. */
  fetchItem(id: string): Promise<ItemResult>
}

export interface InboxOptions {
  /** Base address of the API, without a slash at the end. Empty in a browser: the page's own origin. */
  url: string
  /** `fresh`: the last token was refused or is about to end, so one from a cache will not do. */
  getToken: (request: { fresh: boolean }) => Promise<string>
  /** Rows fetched at a time, 1 to 100. */
  pageSize?: number
  /** Replacements for what the platform provides: for tests, or a `fetch` and `webSocket` of one's own. */
  environment?: Partial<Environment>
}

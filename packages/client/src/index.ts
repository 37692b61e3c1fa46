export { type Environment, platform, type ResponseLike, type Signal, type SocketLike } from './environment.ts'
export { createInbox } from './inbox.ts'
export type {
  ActionResult,
  BulkAction,
  BulkActionResult,
  ConnectionState,
  ConnectionStatus,
  Failure,
  Inbox,
  InboxEvent,
  InboxEvents,
  InboxItem,
  InboxOptions,
  InboxState,
  ItemResult,
  MarkAllResult,
  NotificationPage,
  PageFilters,
  PageResult,
  PageWindow,
  Presentation,
  Priority,
} from './types.ts'

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
  MarkAllResult,
  NotificationPage,
  PageFilters,
  PageResult,
  Presentation,
  Priority,
} from './types.ts'

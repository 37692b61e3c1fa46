export { type Environment, platform, type ResponseLike, type Signal, type SocketLike } from './environment.ts'
export { createInbox } from './inbox.ts'
export type {
  ActionResult,
  ConnectionState,
  ConnectionStatus,
  Failure,
  Inbox,
  InboxEvent,
  InboxEvents,
  InboxItem,
  InboxOptions,
  InboxState,
  Priority,
} from './types.ts'

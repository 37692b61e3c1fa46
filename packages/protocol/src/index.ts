export { BEARER_SUBPROTOCOL, CLOSE_CODES, type CloseCode, FINAL_CLOSE_CODES } from './close-codes.ts'
export { type Command, type CommandProblem, formatCommand, parseCommand } from './commands.ts'
export { InboxItem, Notification, PRIORITIES, Priority, Timestamp } from './notification.ts'
export {
  BulkResult,
  ConnectionStats,
  Message,
  NotificationPage,
  NotificationStats,
  Problem,
  Ticket,
} from './rest.ts'
export {
  AllMarkedRead,
  AuthRefreshed,
  ConnectionEstablished,
  ErrorMessage,
  EVERYTHING,
  MarkedRead,
  NewNotification,
  NotificationDeleted,
  NotificationUpdated,
  ResourceChanged,
  ServerDraining,
  ServerMessage,
  SYNC_RESET_REASONS,
  Sync,
  SyncReset,
  type SyncResetReason,
} from './server-messages.ts'
export { PROTOCOL_VERSION } from './version.ts'

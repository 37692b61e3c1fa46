export type { ChannelLike, Lifecycle, LocksLike, Look, Memory, SharedEnvironment } from './environment.ts'
export { createSharedInbox, type SharedInbox, type SharedInboxOptions } from './shared-inbox.ts'

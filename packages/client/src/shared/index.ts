export type { ChannelLike, Lifecycle, LocksLike, Look, SharedEnvironment } from './environment.ts'
export { createSharedInbox, type SharedInbox, type SharedInboxOptions } from './shared-inbox.ts'

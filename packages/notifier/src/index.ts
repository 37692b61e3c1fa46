export type { Admission, Authenticate, Credential, Recheck, SignIn } from './admission.ts'
export type { Bus, BusMessage, InboxChange, ResourceSignal, Revocation } from './bus/bus.ts'
export { memoryBus } from './bus/memory.ts'
export { type RedisBusOptions, redisBus } from './bus/redis.ts'
export { type RedisLink, type RedisLinkOptions, redisLink } from './bus/redis-link.ts'
export { defineNotification, type NotificationDefinition } from './define.ts'
export { emptyInbox, type Forgotten, findNamed, renaming, rewordFound } from './erasure.ts'
export { createHub, type Hub, type HubLimits, type HubReadings, type HubStats } from './hub.ts'
export { createInboxes, type Inboxes, type InboxQuery, type Outcome } from './inbox.ts'
export type { ObjectRef } from './intents.ts'
export type { ConnectionRecord, ConnectionStart, Journal, Recorded } from './journal.ts'
export {
  type Actor,
  notify,
  resolve,
  resourceChanged,
  resourceChangedForAll,
  revoke,
} from './notify.ts'
export type { Presence, Totals } from './presence/presence.ts'
export { type RedisPresenceOptions, redisPresence } from './presence/redis.ts'
export { createRetention, type Keeping, type RetentionOptions } from './retention.ts'
export type { SocketLimits } from './socket.ts'
export type { Distribution } from './tally.ts'

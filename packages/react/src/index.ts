export { Bell, type BellProps } from './bell/bell.tsx'
export { ConnectionStatus } from './connection-status.tsx'
export {
  type Notifications,
  useConnectionState,
  useInboxEvent,
  useInboxState,
  useNotifications,
  useUnreadCount,
} from './hooks.ts'
export { InboxProvider, type InboxProviderProps, useInbox } from './provider.tsx'
export { DEFAULT_STRINGS, type InboxStrings } from './strings.ts'
export { Toaster, type ToasterProps } from './toaster/toaster.tsx'
export { type SoundControl, type SoundOptions, useNotificationSound } from './use-notification-sound.ts'

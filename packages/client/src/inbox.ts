/** The inbox with a socket of its own. */
import { assemble } from './assemble.ts'
import { platform } from './environment.ts'
import { emitNews } from './news.ts'
import { createSocket } from './socket.ts'
import type { Inbox, InboxOptions } from './types.ts'

/** The inbox of one person. Nothing happens before `connect()`, so it may be made during server rendering. */
export function createInbox(options: InboxOptions): Inbox {
  return assemble(
    options,
    { ...platform, ...options.environment },
    {
      socket: createSocket,
      announce: (announcement, events) => emitNews(events, announcement, 'full'),
    },
  )
}

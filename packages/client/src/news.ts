/** What is new to a person: each row is decided on once. How, and in which tab, it is shown is decided elsewhere. */
import type { Emitter } from './emitter.ts'
import type { Model } from './model.ts'
import type { InboxEvents, InboxItem, Presentation } from './types.ts'

export interface Announcement {
  /** Unread, newest first, never empty. */
  readonly notifications: readonly InboxItem[]
  /** They arrived while there was no connection, and are told as one. */
  readonly together: boolean
  /** Of those only the newest are listed. */
  readonly more: boolean
}

export interface News {
  /** Up to this version a person has been told what is new. */
  toldUpTo: number
  /** Announces what arrived since the last call. */
  tell(together: boolean): void
}

export function createNews(model: Model, announce: (news: Announcement) => void): News {
  const news: News = {
    toldUpTo: 0,
    tell(together) {
      const { items, version, floor } = model.parts.base
      const more = floor > news.toldUpTo
      // A `seq` is the version a row came with.
      const notifications = items.filter(item => item.seq > news.toldUpTo && !item.is_read)
      news.toldUpTo = version
      if (notifications.length > 0) announce({ notifications, together, more })
    },
  }
  return news
}

/** Lets those who listen know. */
export function emitNews(
  events: Emitter<InboxEvents>,
  { notifications, together, more }: Announcement,
  presentation: Presentation,
): void {
  if (together) events.emit('caught_up', { notifications, more, presentation })
  else
    for (const notification of [...notifications].reverse())
      events.emit('notification', { notification, presentation })
}

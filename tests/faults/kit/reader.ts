/** A light client that resumes by version and keeps rows by the rules of the protocol: two thousand of them are cheap. */
import type { InboxItem } from '../../../packages/protocol/src/index.ts'
import type { Member } from './cast.ts'
import { countFrame, type Figures, noFigures } from './figures.ts'
import type { Truth } from './truth.ts'
import { until } from './until.ts'

const AGAIN_AFTER_MS = 250

export interface Reader {
  member: Member
  figures: Figures
  /** Ids of all that it was ever told of. */
  shown: ReadonlySet<string>
  /** Opens a socket, and another where that fails; resolves when one has caught up. */
  connect(url: string): Promise<void>
  /** Resolves when it has exactly what the inbox holds. */
  reaches(truth: Truth): Promise<void>
  close(): void
}

export function createReader(member: Member): Reader {
  const figures = noFigures()
  const shown = new Set<string>()
  const rows = new Map<string, InboxItem>()
  let socket: WebSocket | null = null
  let version = 0
  let unread = 0
  let onChange = () => {}

  function upsert(item: InboxItem): void {
    shown.add(item.id)
    rows.set(item.id, item)
  }

  /** Takes a message; true when it ends the pages of what was missed. */
  function take(text: string): boolean {
    countFrame(figures, text)
    const message = JSON.parse(text)
    switch (message.type) {
      case 'sync':
        message.notifications.forEach(upsert)
        for (const id of message.deleted) rows.delete(id)
        break
      case 'new_notification':
      case 'notification_updated':
        upsert(message.notification)
        break
      case 'marked_read': {
        const item = rows.get(message.notification_id)
        if (item) rows.set(item.id, { ...item, is_read: true })
        break
      }
      default:
        return false
    }
    if (message.type !== 'sync' && message.version !== version + 1)
      throw new Error(`${message.type} ${message.version} after ${version}`)
    version = message.version
    unread = message.unread_count
    onChange()
    return message.type === 'sync' && !message.more
  }

  function open(url: string, onLive: () => void, onFault: (error: unknown) => void): void {
    const mine = new WebSocket(`${url.replace('http', 'ws')}/api/notifications/ws?since=${version}`, [
      'bearer',
      token,
    ])
    socket = mine
    let isLive = false
    mine.onmessage = ({ data }) => {
      try {
        if (take(String(data))) onLive()
        isLive = true
      } catch (error) {
        onFault(error)
      }
    }
    mine.onclose = ({ code }) => {
      figures.closes.push(code)
      if (!isLive && socket === mine) setTimeout(() => open(url, onLive, onFault), AGAIN_AFTER_MS)
    }
  }
  let token = ''

  return {
    member,
    figures,
    shown,
    async connect(url) {
      token ||= await member.token()
      await new Promise<void>((resolve, reject) => open(url, resolve, reject))
    },
    reaches(truth) {
      const isTrue = () =>
        version === truth.version &&
        unread === truth.unread &&
        rows.size === truth.total &&
        truth.items.every(item => rows.get(item.id)?.is_read === item.is_read)
      return until(
        isTrue,
        listener => {
          onChange = listener
          return () => {}
        },
        () => {
          const is = `${rows.size} rows, ${unread} unread at ${version}`
          return `${member.name} has ${is}, not ${truth.total}, ${truth.unread} at ${truth.version}`
        },
      )
    },
    close() {
      const last = socket
      socket = null
      last?.close()
    },
  }
}

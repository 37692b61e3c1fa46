/**
 * A page written by the guide and nothing else: it knows four messages, fetches its list whenever it has connected,
 * and connects again when it is cut off.
 */
import { createRest } from '../../../apps/server/src/testing/rest.ts'
import type { NotificationPage } from '../../../packages/protocol/src/index.ts'
import type { Member } from './cast.ts'
import { countFrame, type Figures, noFigures } from './figures.ts'

const AGAIN_AFTER_MS = 200

export interface GuidePage {
  member: Member
  figures: Figures
  /** Ids of all that it was told of. */
  shown: ReadonlySet<string>
  subscribe(listener: () => void): () => void
  isConnected(): boolean
  close(): void
}

export function openGuidePage(member: Member, url: string): GuidePage {
  const figures = noFigures()
  const shown = new Set<string>()
  const listeners = new Set<() => void>()
  let socket: WebSocket | null = null
  let timer: NodeJS.Timeout | undefined
  let isFetched = false

  async function connect(): Promise<void> {
    const address = `${url.replace('http', 'ws')}/api/notifications/ws?token=${await member.token()}`
    const mine = new WebSocket(address)
    socket = mine
    mine.onmessage = ({ data }) => {
      countFrame(figures, String(data))
      const message = JSON.parse(String(data))
      if (message.type === 'connection_established') void fetchList(mine)
      if (message.type === 'new_notification') shown.add(message.notification.id)
      tell()
    }
    mine.onclose = ({ code }) => {
      figures.closes.push(code)
      isFetched = false
      if (socket === mine) timer = setTimeout(connect, AGAIN_AFTER_MS)
    }
  }

  async function fetchList(of: WebSocket): Promise<void> {
    try {
      const rest = createRest(url, { token: await member.token() })
      const { status, body } = await rest.get<NotificationPage>('/api/notifications?limit=100')
      if (status !== 200) throw new Error(String(status))
      for (const { id } of body.notifications) shown.add(id)
      isFetched = socket === of && of.readyState === WebSocket.OPEN
      tell()
    } catch {
      // The list did not come: begin again.
      of.close()
    }
  }

  function tell(): void {
    for (const listener of [...listeners]) listener()
  }

  void connect()
  return {
    member,
    figures,
    shown,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    isConnected: () => isFetched && socket?.readyState === WebSocket.OPEN,
    close() {
      clearTimeout(timer)
      const last = socket
      socket = null
      last?.close()
    },
  }
}

/** A client under watch: the client library as an application uses it, and a log of all it ever showed. */
import {
  createInbox,
  type Inbox,
  type InboxOptions,
  type InboxState,
  platform,
  type SocketLike,
} from '../../../packages/client/src/index.ts'
import type { Member } from './cast.ts'
import { countFrame, type Figures, noFigures } from './figures.ts'

export interface Watched {
  member: Member
  inbox: Inbox
  figures: Figures
  /** Ids of everything that was ever in its list. */
  shown: ReadonlySet<string>
  /** How often each id was presented as new. */
  announced: ReadonlyMap<string, number>
  /** What no state may ever look like, in words. */
  faults: readonly string[]
  /** The version it began with: what came after is news. */
  begunAt: () => number
}

export interface WatchOptions {
  url: string
  /** So much faster than ours its clock runs: patience and backoff of minutes pass in seconds. */
  speed?: number
  getToken?: InboxOptions['getToken']
  /** Whether a change that was told is lost on its way to the client, as no network of ours does it. */
  loses?: () => boolean
}

/** Connects at once. */
export function watch(member: Member, { url, speed = 5, getToken, loses }: WatchOptions): Watched {
  const figures = noFigures()
  const shown = new Set<string>()
  const announced = new Map<string, number>()
  const faults: string[] = []
  const start = Date.now()
  let begunAt: number | null = null
  let before: InboxState | null = null

  const inbox = createInbox({
    url,
    getToken: getToken ?? (() => member.token()),
    environment: {
      now: () => start + (Date.now() - start) * speed,
      schedule: (run, delay) => platform.schedule(run, delay / speed),
      webSocket(address, protocols) {
        const socket = new WebSocket(address, protocols)
        const given: SocketLike = {
          send: text => socket.send(text),
          close: code => socket.close(code),
          onmessage: null,
          onclose: null,
        }
        socket.addEventListener('message', ({ data }) => {
          countFrame(figures, String(data))
          if (!(loses?.() && isChange(String(data)))) given.onmessage?.({ data })
        })
        socket.addEventListener('close', ({ code }) => {
          figures.closes.push(code)
          given.onclose?.({ code })
        })
        return given
      },
    },
  })

  inbox.subscribe(() => {
    const state = inbox.getSnapshot()
    if (state.loaded) begunAt ??= state.version
    if (state.items !== before?.items) {
      for (const { id } of state.items) shown.add(id)
      if (new Set(state.items.map(({ id }) => id)).size < state.items.length) faults.push('doubled')
      if (state.items.some(({ seq }, i) => seq >= (state.items[i - 1]?.seq ?? Number.POSITIVE_INFINITY)))
        faults.push('out of order')
    }
    if (before && state.version < before.version)
      faults.push(`version ${state.version} after ${before.version}`)
    before = state
  })
  const announce = (id: string) => announced.set(id, (announced.get(id) ?? 0) + 1)
  inbox.on('notification', ({ notification }) => announce(notification.id))
  inbox.on('caught_up', ({ notifications }) => {
    for (const { id } of notifications) announce(id)
  })
  inbox.connect()
  return { member, inbox, figures, shown, announced, faults, begunAt: () => begunAt ?? 0 }
}

/** What a client can ask for again; the rest of the words belong to the socket. */
const isChange = (text: string): boolean => /"type":"(new_|marked_|all_|notification_)/.test(text)

export const isLive = ({ inbox }: Watched): boolean => inbox.getSnapshot().connection.status === 'live'

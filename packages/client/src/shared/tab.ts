/**
 * One tab among those of the same person: has an id, a place in the contest for the lead, and by that a role. The
 * roles themselves are `leader.ts` and `follower.ts`.
 */
import type { Core } from '../assemble.ts'
import type { Signal } from '../environment.ts'
import { type Announcement, emitNews } from '../news.ts'
import type { Socket, SocketOptions } from '../socket.ts'
import { type Contest, enterContest } from './contest.ts'
import type { ChannelLike, LocksLike, SharedEnvironment } from './environment.ts'
import { follow } from './follower.ts'
import { lead } from './leader.ts'
import { createLedger, type Ledger } from './ledger.ts'
import type { Attention, Hello, TabMessage } from './messages.ts'
import type { Choice } from './presenter.ts'
import type { Told } from './told.ts'

/** What a tab is part of. */
export interface Host {
  readonly environment: SharedEnvironment
  readonly locks: LocksLike
  openChannel(name: string): ChannelLike
  readonly name: string
  readonly socket: SocketOptions
  readonly core: Core
  readonly told: Told
  onSignedOut(): void
}

/** What a role knows of the tab that it is played by. */
export interface TabContext {
  readonly id: string
  readonly host: Host
  readonly ledger: Ledger
  readonly told: Pick<Told, 'read' | 'write'>
  /** The highest term heard of. */
  readonly term: number
  post(message: TabMessage): void
  /** `lost`: what is held here cannot be brought up to date. */
  hello(needs: boolean, lost?: boolean): Hello
  attention(): Attention
  /** Which tabs are there, and whether this one leads, as the browser itself knows it. */
  census(): Promise<Census>
  /** Takes the lead from whoever has it. */
  steal(): void
}

export interface Census {
  readonly leading: boolean
  readonly alive: ReadonlySet<string>
}

/** The socket as this tab has it: its own, or that of the leader. */
export interface Role extends Omit<Socket, 'close'> {
  hear(message: TabMessage): void
  signal(signal: Signal): void
  /** Null in a tab that does not lead. */
  choose(alive: ReadonlySet<string>): (Choice & { readonly term: number }) | null
  stop(): void
}

export interface Tab {
  readonly role: Role
  readonly isLeading: boolean
  /** For the tab that leads. */
  announce(announcement: Announcement): void
  tellSignedOut(): void
  /** Goes, and lets the others know. */
  leave(): void
}

export function joinTabs(host: Host): Tab {
  const { environment, locks, name, core } = host
  const id = `${Math.floor(environment.now()).toString(36)}-${environment.random().toString(36).slice(2)}`
  const channel = host.openChannel(name)
  let left = false
  /** Locks are refused here, so there is nobody to share with. */
  let alone = false
  let term = 0
  let lookedAt = environment.now()
  let isLeading = false

  /** Held for as long as this tab can present anything: by it the others know, even if it crashes. */
  const presence = enterContest(locks, presenceOf(id), { won() {}, lost() {}, impossible() {} })

  const told: TabContext['told'] = {
    read: epoch => (alone ? null : host.told.read(epoch)),
    write(epoch, upTo) {
      if (!alone) host.told.write(epoch, upTo)
    },
  }
  const context: TabContext = {
    id,
    host,
    told,
    get ledger() {
      return ledger
    },
    get term() {
      return term
    },
    post(message) {
      if ('term' in message) term = Math.max(term, message.term)
      if (!left && !alone) channel.postMessage(message)
    },
    hello(needs, lost = false) {
      const { loaded, base, epoch } = core.model.parts
      const standing = { version: loaded && !lost ? base.version : null, epoch }
      return { kind: 'hello', from: id, standing, attention: attention(), needs, heard: term }
    },
    attention,
    census,
    steal() {
      contest.leave()
      contest = enterContest(locks, name, handlers, true)
    },
  }
  const ledger = createLedger({
    id,
    now: environment.now,
    schedule: environment.schedule,
    post: context.post,
    census,
    choose: alive => role.choose(alive),
    told,
    epoch: () => core.model.parts.epoch,
    present: (announcement, presentation) => emitNews(core.events, announcement, presentation),
  })

  const handlers = {
    won: () => become(true),
    lost,
    impossible() {
      alone = true
      become(true)
    },
  }
  channel.onmessage = ({ data }) => hear(data as TabMessage)
  let role: Role = follow(context)
  let contest: Contest = enterContest(locks, name, handlers)

  const stopSignals = environment.onSignal(signal => role.signal(signal))
  const stopLook = environment.onLook(() => {
    if (environment.look().visible) lookedAt = environment.now()
    // The leader keeps no account of itself.
    if (!isLeading) context.post(context.hello(false))
  })

  function presenceOf(tab: string): string {
    return `${name} tab ${tab}`
  }

  function attention(): Attention {
    return { ...environment.look(), lookedAt }
  }

  async function census(): Promise<Census> {
    const held = await locks.query().then(
      state => state.held ?? [],
      () => null,
    )
    // Without locks every tab is alone.
    if (held === null) return { leading: isLeading, alive: new Set([id]) }
    const me = held.find(lock => lock.name === presenceOf(id))?.clientId
    const leading = held.some(lock => lock.name === name && lock.clientId === me)
    const prefix = presenceOf('')
    const alive = held.flatMap(lock =>
      lock.name?.startsWith(prefix) ? [lock.name.slice(prefix.length)] : [],
    )
    return { leading: leading && isLeading, alive: new Set(alive) }
  }

  function become(leader: boolean): void {
    if (left) return
    role.stop()
    isLeading = leader
    role = leader ? lead(context) : follow(context)
  }

  function lost(): void {
    if (left) return
    become(false)
    contest = enterContest(locks, name, handlers)
  }

  /**
   * A leader that is gone may have had a higher term, which this tab never heard of. Whoever did takes no notice of
   * this one until it goes beyond that.
   */
  async function outbid(heard: number): Promise<void> {
    const { leading } = await census()
    if (left || !leading || heard <= term) return
    term = heard
    become(true)
  }

  function hear(message: TabMessage): void {
    if (left || alone) return
    if (message.kind === 'hello' && isLeading && message.heard > term) void outbid(message.heard)
    // What was assigned holds, whoever leads by now.
    if (message.kind === 'news' || message.kind === 'presented' || message.kind === 'bye')
      ledger.hear(message)
    if ('term' in message) {
      if (message.term < term) return
      term = message.term
      if (isLeading) {
        // Another one leads. The lock will say so too.
        contest.leave()
        lost()
      }
    }
    if (message.kind === 'signed_out') {
      host.onSignedOut()
      return
    }
    role.hear(message)
  }

  return {
    get role() {
      return role
    },
    get isLeading() {
      return isLeading
    },
    announce: announcement => ledger.announce(announcement, core.news.toldUpTo),
    tellSignedOut: () => context.post({ kind: 'signed_out' }),
    leave() {
      role.stop()
      ledger.stop()
      stopSignals()
      stopLook()
      context.post({ kind: 'bye', from: id })
      left = true
      contest.leave()
      presence.leave()
      channel.close()
    },
  }
}

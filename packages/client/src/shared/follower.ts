/**
 * A tab without a socket: it hears what the leader hears, by way of the leader, and finds out when there is no leader
 * any more that could be heard.
 */
import type { ConnectionState } from '../types.ts'
import type { LeaderMessage, Welcome } from './messages.ts'
import type { Role, TabContext } from './tab.ts'

/** A leader that is well answers in no time. */
const ANSWER_WITHIN = 3_000
/** A timer that runs later than this shows that it was this page that was held up, or the machine that slept. */
const LATE = 500
const ASK_EVERY = 5_000
/** Nobody looks at an empty page for longer, whatever is the matter with the leader. */
const ALONE_AFTER = 500

const CUT: ConnectionState = { status: 'reconnecting', retryAt: null, closeCode: null }

export function follow(tab: TabContext): Role {
  const { host } = tab
  const { environment, core } = host
  let leader: ConnectionState = { status: 'connecting', retryAt: null, closeCode: null }
  /** Nothing is missing here. */
  let caughtUp = false
  let shown: ConnectionState | null = null
  /** What is held here cannot be brought up to date. */
  let lost = false
  let leaderId: string | null = null
  let askedAt: number | null = null
  let loading = false
  let stopped = false
  let cancelLook = () => {}
  const cancelAlone = environment.schedule(() => void loadAlone(), ALONE_AFTER)

  function show(state: ConnectionState): void {
    const same =
      shown &&
      shown.status === state.status &&
      shown.retryAt === state.retryAt &&
      shown.closeCode === state.closeCode
    shown = state
    if (!same) host.socket.onState(state)
  }

  /** Said to the feed too, which may have caught up with a connection that was never shown as live. */
  function fallBehind(): void {
    caughtUp = false
    core.feed.cut()
  }

  function mirror(state: ConnectionState): void {
    leader = state
    const isLive = state.status === 'live'
    if (!isLive) fallBehind()
    if (!isLive || caughtUp) show(state)
  }

  function lookAgainIn(delay: number): void {
    cancelLook()
    cancelLook = environment.schedule(look, delay)
  }

  function ask(): void {
    askedAt = environment.now()
    tab.post(tab.hello(!caughtUp, lost))
    lookAgainIn(ANSWER_WITHIN)
  }

  function look(): void {
    const { visible } = environment.look()
    // Where nothing is missing and nobody looks there is no hurry.
    if (caughtUp && !visible) return
    const waited = askedAt === null ? 0 : environment.now() - askedAt
    if (visible && waited >= ANSWER_WITHIN && waited <= ANSWER_WITHIN + LATE) tab.steal()
    ask()
  }

  function heard(): void {
    if (askedAt === null) return
    askedAt = null
    lookAgainIn(ASK_EVERY)
  }

  /** The first page by REST, as a tab that shares nothing gets it. */
  async function loadAlone(): Promise<void> {
    if (loading || stopped || core.model.parts.loaded) return
    loading = true
    await host.socket.prepare().catch(() => {})
    loading = false
    if (!stopped && !caughtUp && leader.status === 'live' && core.model.parts.loaded) ask()
  }

  function takeWelcome({ state, snapshot }: Welcome): void {
    mirror(state)
    if (snapshot !== null) {
      lost = false
      core.feed.adopt(snapshot)
    } else if (!core.model.parts.loaded) {
      void loadAlone()
    }
  }

  function hearLeader(message: LeaderMessage): void {
    leaderId = message.from
    heard()
    switch (message.kind) {
      case 'roll_call':
        mirror(CUT)
        ask()
        return
      case 'welcome':
        if (message.to === tab.id) takeWelcome(message)
        return
      case 'state':
        mirror(message.state)
        if (message.state.status === 'live' && !caughtUp) ask()
        return
      case 'frame':
        host.socket.onText(message.text)
    }
  }

  show(core.model.parts.loaded ? CUT : leader)
  ask()
  return {
    connect: () => tab.post({ kind: 'connect' }),
    send(text) {
      tab.post({ kind: 'say', text })
      return true
    },
    greeted() {},
    draining() {},
    renewed() {},
    live() {
      // The leader says so of itself only after what it passed on.
      caughtUp = true
      if (leader.status === 'live') show(leader)
    },
    restart() {
      // What was to be fetched could not be. The leader has it.
      lost = true
      fallBehind()
      show(CUT)
    },
    choose: () => null,
    signal(signal) {
      if (signal !== 'wake') return
      tab.post({ kind: 'wake' })
      ask()
    },
    hear(message) {
      if ('term' in message) hearLeader(message)
      else if (message.kind === 'bye' && message.from === leaderId) mirror(CUT)
    },
    stop() {
      stopped = true
      cancelLook()
      cancelAlone()
    },
  }
}

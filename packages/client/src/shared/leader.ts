/**
 * The tab with the socket. It keeps it by the same code as an inbox that shares nothing, passes on what comes, and
 * looks after the tabs that have none.
 */
import { formatCommand } from '@pms/protocol'
import type { Signal } from '../environment.ts'
import { createSocket } from '../socket.ts'
import type { ConnectionState } from '../types.ts'
import type { Hello, Standing } from './messages.ts'
import { choosePresenter } from './presenter.ts'
import type { Role, TabContext } from './tab.ts'
import { createTimers } from './timers.ts'

/** How long the answers to the first word of a leader are waited for. Who answers later asks for what is missing. */
const ANSWERS_WITHIN = 300
/** Who is further behind is handed the whole state: a server does not tell this much again, to none of the tabs. */
const REACH = 500

export function lead(tab: TabContext): Role {
  const { id, host, ledger } = tab
  const { environment, core } = host
  const term = Math.max(environment.now(), tab.term + 1) + environment.random()
  const tabs = new Map<string, Hello>()
  const listeners = new Set<(signal: Signal) => void>()
  const timers = createTimers(environment)
  let state: ConnectionState = { status: 'connecting', retryAt: null, closeCode: null }
  /** The lowest version that a tab has, where it is below the one here: the next socket begins there. */
  let lowest = Number.POSITIVE_INFINITY
  let expected: ReadonlySet<string> | null = null
  let started = false
  /** From here on what is told is told by this tab. */
  let prepared = false
  let stopped = false

  const socket = createSocket({
    ...host.socket,
    environment: {
      ...environment,
      schedule: timers.schedule,
      onSignal(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    async prepare() {
      const { loaded } = core.model.parts
      await host.socket.prepare()
      if (!prepared) continueFromOthers(loaded)
      prepared = true
    },
    address: () => host.socket.address(Math.min(core.model.parts.base.version, lowest)),
    onText(text) {
      if (stopped) return
      if (text !== 'pong') tab.post({ kind: 'frame', term, from: id, text })
      host.socket.onText(text)
      ledger.note(core.news.toldUpTo)
    },
    onState(next) {
      if (stopped) return
      state = next
      if (state.status === 'live') lowest = Number.POSITIVE_INFINITY
      tab.post({ kind: 'state', term, from: id, state })
      host.socket.onState(state)
    },
  })

  ledger.begin()
  const cancelStart = timers.schedule(start, ANSWERS_WITHIN)
  tab.post({ kind: 'roll_call', term, from: id })
  void tab.census().then(({ alive }) => {
    expected = alive
    startIfComplete()
  })

  /** What was said before the roll was called may be out of date by now, and does not count. */
  function allAnswered(): boolean {
    return expected !== null && [...expected].every(other => other === id || tabs.get(other)?.heard === term)
  }

  function startIfComplete(): void {
    if (allAnswered()) start()
  }

  function start(): void {
    cancelStart()
    if (started || stopped) return
    started = true
    socket.connect()
  }

  /** Whether a tab can be brought up to date by what the server says to this one. */
  function isWithinReach({ version, epoch }: Standing): boolean {
    const { base, epoch: current } = core.model.parts
    return version !== null && epoch === current && base.version - version <= REACH
  }

  /** The first socket begins where the tab is that has least, and what was told in any tab is not told again. */
  function continueFromOthers(hadState: boolean): void {
    const others = [...tabs.values()].map(({ standing }) => standing)
    for (const other of others) if (isWithinReach(other)) lowest = Math.min(lowest, other.version ?? lowest)
    // The first tab of a person who comes begins with what it shows, as an inbox does that is not shared.
    const isFirst = !hadState && allAnswered() && others.every(({ version }) => version === null)
    const told = tab.told.read(core.model.parts.epoch)
    if (told !== null && !isFirst) core.news.toldUpTo = told
  }

  function welcome({ from, standing, needs }: Hello): void {
    const isLive = state.status === 'live'
    const reachable = isWithinReach(standing)
    const { base, epoch, cursor } = core.model.parts
    const snapshot = needs && isLive && !reachable ? { base, epoch, cursor } : null
    tab.post({ kind: 'welcome', term, from: id, to: from, state, snapshot })
    if (!needs || standing.version === null || !reachable) return
    if (isLive) socket.send(formatCommand({ verb: 'sync', since: standing.version }))
    else lowest = Math.min(lowest, standing.version)
  }

  return {
    ...socket,
    choose(alive) {
      const looks = new Map([[id, tab.attention()]])
      for (const [other, { attention }] of tabs) if (alive.has(other)) looks.set(other, attention)
      return { ...choosePresenter(id, looks), term }
    },
    signal(signal) {
      for (const listener of [...listeners]) listener(signal)
    },
    hear(message) {
      // Somebody is awake, and this page may be one that nobody looks at.
      timers.runOverdue()
      switch (message.kind) {
        case 'hello':
          tabs.set(message.from, message)
          if (started) welcome(message)
          else if (message.heard === term) startIfComplete()
          else tab.post({ kind: 'roll_call', term, from: id })
          return
        case 'bye':
          tabs.delete(message.from)
          return
        case 'say':
          socket.send(message.text)
          return
        case 'connect':
          if (started) socket.connect()
          return
        case 'wake':
          for (const listener of [...listeners]) listener('wake')
      }
    },
    connect() {
      if (started) socket.connect()
    },
    stop() {
      stopped = true
      cancelStart()
      socket.close()
    },
  }
}

/**
 * The tab with the socket. It keeps it by the same code as an inbox that shares nothing, passes on what comes, and
 * looks after the tabs that have none.
 */
import { formatCommand } from '@pms/protocol'
import type { Signal } from '../environment.ts'
import { createSocket } from '../socket.ts'
import type { ConnectionState } from '../types.ts'
import type { Attention, Hello, Standing } from './messages.ts'
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
  const tabs = new Map<string, { standing: Standing; attention: Attention }>()
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
      await host.socket.prepare()
      if (!prepared) continueFromOthers()
      prepared = true
    },
    address: () => host.socket.address(Math.min(core.model.parts.base.version, lowest)),
    onText(text) {
      if (stopped) return
      if (text !== 'pong') tab.post({ kind: 'frame', term, from: id, text, told: toldSoFar() })
      host.socket.onText(text)
    },
    onState(next) {
      if (stopped) return
      state = next
      if (state.status === 'live') lowest = Number.POSITIVE_INFINITY
      tab.post({ kind: 'state', term, from: id, state })
      host.socket.onState(state)
    },
  })

  const cancelStart = timers.schedule(start, ANSWERS_WITHIN)
  tab.post({ kind: 'roll_call', term, from: id })
  void tab.census().then(({ alive }) => {
    expected = alive
    startIfComplete()
  })

  function startIfComplete(): void {
    if (expected === null || started) return
    for (const other of expected) if (other !== id && !tabs.has(other)) return
    start()
  }

  function start(): void {
    cancelStart()
    if (started || stopped) return
    started = true
    socket.connect()
    ledger.reassess()
  }

  /** Whether a tab can be brought up to date by what the server says to this one. */
  function isWithinReach({ version, epoch }: Standing): boolean {
    const { base, epoch: current } = core.model.parts
    return version !== null && epoch === current && base.version - version <= REACH
  }

  /** The first socket begins where the tab is that has least; and the person has been told what any tab knows of. */
  function continueFromOthers(): void {
    const { epoch } = core.model.parts
    let told = ledger.told
    for (const { standing } of tabs.values()) {
      if (isWithinReach(standing)) lowest = Math.min(lowest, standing.version ?? lowest)
      // Versions of another database say nothing.
      if (standing.epoch === epoch && standing.told !== null) told = Math.max(told ?? 0, standing.told)
    }
    if (told !== null) core.news.toldUpTo = told
  }

  /** What is on its way to be assigned has not been told yet. */
  function toldSoFar(): number | null {
    return prepared && ledger.idle ? core.news.toldUpTo : ledger.told
  }

  function welcome({ from, standing, needs }: Hello): void {
    const isLive = state.status === 'live'
    const reachable = isWithinReach(standing)
    const { base, epoch, cursor } = core.model.parts
    const snapshot = needs && isLive && !reachable ? { base, epoch, cursor } : null
    tab.post({ kind: 'welcome', term, from: id, to: from, state, snapshot, told: toldSoFar() })
    if (!needs || standing.version === null || !reachable) return
    if (isLive) socket.send(formatCommand({ verb: 'sync', since: standing.version }))
    else lowest = Math.min(lowest, standing.version)
  }

  return {
    ...socket,
    told: toldSoFar,
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
          else startIfComplete()
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

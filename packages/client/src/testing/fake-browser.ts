/**
 * One browser with many tabs, inside the test: they share locks, channels and memory, are looked at or not, hang, freeze,
 * close and crash. All of them speak to one fake server, on its clock.
 */
import type { Signal, SocketLike } from '../environment.ts'
import type { ChannelLike, Lifecycle, SharedEnvironment } from '../shared/environment.ts'
import { createFakeLocks, type LockClient } from './fake-locks.ts'
import type { FakeServer } from './fake-server.ts'

export interface FakeTab {
  /** For `createSharedInbox`. */
  readonly environment: SharedEnvironment
  /** There, and able to run. */
  readonly runs: boolean
  readonly isOpen: boolean
  readonly visible: boolean
  /** Sockets that this tab has opened and not closed. */
  readonly openSockets: number
  show(): void
  hide(): void
  /** Shows it, and takes the focus from whichever tab had it. */
  focus(): void
  /** The whole browser loses the focus. */
  blur(): void
  /** The page is told, and then stopped. What comes for it waits. */
  freeze(): void
  /** As `freeze`, without being told: a busy page, or a debugger. */
  hang(): void
  /** Ends `freeze` and `hang`. */
  wake(): void
  /** The page is told, and then gone. */
  close(): void
  /** Gone without a word. */
  crash(): void
}

export interface FakeBrowser {
  openTab(look?: { visible?: boolean }): FakeTab
}

export interface FakeBrowserOptions {
  /** Milliseconds that a message takes to a tab. All messages have one order, the same for every tab. */
  latency?: () => number
}

interface Port extends ChannelLike {
  readonly deliver: (message: unknown) => void
  /** On their way, in their order. */
  readonly underway: unknown[]
  /** When the last of them arrives. */
  arrives: number
}

export function createFakeBrowser(
  server: FakeServer,
  { latency = () => 0 }: FakeBrowserOptions = {},
): FakeBrowser {
  const { clock } = server
  const locks = createFakeLocks()
  const channels = new Map<string, Set<Port>>()
  const memory = new Map<string, string>()
  let tabs = 0
  let chances = 0
  let focused: LockClient | null = null
  const onFocus = new Set<() => void>()

  function setFocus(client: LockClient | null): void {
    if (focused === client) return
    focused = client
    for (const listener of [...onFocus]) listener()
  }

  function post(channel: Set<Port>, from: Port, message: unknown): void {
    const copy = structuredClone(message)
    for (const port of channel) {
      if (port === from) continue
      const at = Math.max(clock.now() + latency(), port.arrives)
      port.arrives = at
      port.underway.push(copy)
      const arrive = () => port.deliver(port.underway.shift())
      if (at <= clock.now()) queueMicrotask(arrive)
      else clock.schedule(arrive, at - clock.now())
    }
  }

  return {
    openTab({ visible = true } = {}) {
      let state: 'runs' | 'stopped' | 'gone' = 'runs'
      let isVisible = visible
      let waiting: Array<() => void> = []
      const sockets = new Set<SocketLike>()
      const ports = new Set<Port>()
      const listeners = {
        signal: new Set<(signal: Signal) => void>(),
        look: new Set<() => void>(),
        lifecycle: new Set<(phase: Lifecycle) => void>(),
      }
      const listen = <T>(set: Set<T>, listener: T) => {
        set.add(listener)
        return () => set.delete(listener)
      }
      const client: LockClient = { clientId: `client-${++tabs}`, deliver }

      function deliver(task: () => void): void {
        if (state === 'runs') task()
        else if (state === 'stopped') waiting.push(task)
      }

      function lookChanged(): void {
        deliver(() => listeners.look.forEach(listener => void listener()))
      }
      onFocus.add(lookChanged)

      function tell(phase: Lifecycle): void {
        listeners.lifecycle.forEach(listener => void listener(phase))
      }

      function openSocket(url: string, protocols: string[]): SocketLike {
        const inner = server.environment.webSocket(url, protocols)
        const outer: SocketLike = {
          onmessage: null,
          onclose: null,
          send: text => inner.send(text),
          close(code) {
            sockets.delete(outer)
            inner.close(code)
          },
        }
        inner.onmessage = event => deliver(() => outer.onmessage?.(event))
        inner.onclose = event => {
          sockets.delete(outer)
          deliver(() => outer.onclose?.(event))
        }
        sockets.add(outer)
        return outer
      }

      function openChannel(name: string): ChannelLike {
        const channel = channels.get(name) ?? new Set()
        channels.set(name, channel)
        const port: Port = {
          onmessage: null,
          underway: [],
          arrives: 0,
          deliver(message) {
            if (channel.has(port)) deliver(() => channel.has(port) && port.onmessage?.({ data: message }))
          },
          postMessage: message => post(channel, port, message),
          close() {
            channel.delete(port)
            ports.delete(port)
          },
        }
        channel.add(port)
        ports.add(port)
        return port
      }

      function end(): void {
        state = 'gone'
        waiting = []
        onFocus.delete(lookChanged)
        if (focused === client) setFocus(null)
        for (const port of [...ports]) port.close()
        for (const socket of [...sockets]) socket.close()
        locks.forget(client)
      }

      return {
        environment: {
          ...server.environment,
          random: () => (++chances * 0.618_033_988_7) % 1,
          schedule(run, delay) {
            let cancelled = false
            const cancel = clock.schedule(() => deliver(() => cancelled || run()), delay)
            return () => {
              cancelled = true
              cancel()
            }
          },
          webSocket: openSocket,
          fetch: (url, init) =>
            new Promise((resolve, reject) => {
              server.environment.fetch(url, init).then(
                answer => deliver(() => resolve(answer)),
                error => deliver(() => reject(error)),
              )
            }),
          onSignal: listener => listen(listeners.signal, listener),
          locks: locks.of(client),
          channel: openChannel,
          memory: {
            read: key => memory.get(key) ?? null,
            write(key, text) {
              if (text === null) memory.delete(key)
              else memory.set(key, text)
            },
          },
          look: () => ({ visible: isVisible, focused: focused === client }),
          onLook: listener => listen(listeners.look, listener),
          onLifecycle: listener => listen(listeners.lifecycle, listener),
        },
        get runs() {
          return state === 'runs'
        },
        get isOpen() {
          return state !== 'gone'
        },
        get visible() {
          return isVisible
        },
        get openSockets() {
          return sockets.size
        },
        show() {
          if (isVisible) return
          isVisible = true
          lookChanged()
          deliver(() => listeners.signal.forEach(listener => void listener('wake')))
        },
        hide() {
          if (focused === client) setFocus(null)
          isVisible = false
          lookChanged()
        },
        focus() {
          this.show()
          setFocus(client)
        },
        blur: () => setFocus(null),
        freeze() {
          if (state !== 'runs') return
          tell('suspend')
          state = 'stopped'
        },
        hang() {
          if (state === 'runs') state = 'stopped'
        },
        wake() {
          if (state !== 'stopped') return
          state = 'runs'
          const tasks = waiting
          waiting = []
          for (const task of tasks) deliver(task)
          tell('resume')
        },
        close() {
          if (state === 'runs') tell('suspend')
          end()
        },
        crash: end,
      }
    },
  }
}

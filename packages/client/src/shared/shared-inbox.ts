/** The inbox whose tabs share one socket. To those who use it, it is an inbox like any other. */
import { assemble, type Core } from '../assemble.ts'
import { createInbox } from '../inbox.ts'
import type { Socket, SocketOptions } from '../socket.ts'
import type { Inbox, InboxOptions } from '../types.ts'
import { browser, type SharedEnvironment } from './environment.ts'
import { nameOf } from './messages.ts'
import { joinTabs, type Tab } from './tab.ts'
import { createTold } from './told.ts'

export interface SharedInboxOptions extends InboxOptions {
  /** Whose inbox it is: only tabs of the same person share. */
  userId: string
  environment?: Partial<SharedEnvironment>
}

export interface SharedInbox extends Inbox {
  /** Closes the inbox here and in every other tab of this person; there `signed_out` says why. */
  signOut(): void
}

/**
 * As `createInbox`, with one socket for all tabs of this person in this browser. Where the browser cannot do that
 * each tab has its own.
 */
export function createSharedInbox(options: SharedInboxOptions): SharedInbox {
  const environment: SharedEnvironment = { ...browser, ...options.environment }
  const { locks, channel } = environment
  if (locks === null || channel === null) {
    const inbox = createInbox(options)
    return { ...inbox, signOut: inbox.close }
  }

  let tab: Tab | null = null
  const nameHere = () => nameOf(options.url === '' ? environment.origin() : options.url, options.userId)
  const inbox = assemble(options, environment, {
    announce(announcement) {
      if (tab?.isLeading) tab.announce(announcement)
    },
    socket: (socketOptions, core) => shareSocket(socketOptions, core),
  })

  function shareSocket(socket: SocketOptions, core: Core): Socket {
    let stopLifecycle: (() => void) | null = null
    const role = () => tab?.role

    function join(): void {
      const name = nameHere()
      tab = joinTabs({
        environment,
        locks: locks as NonNullable<typeof locks>,
        openChannel: channel as NonNullable<typeof channel>,
        name,
        socket,
        core,
        told: createTold(environment, name),
        onSignedOut() {
          close()
          core.events.emit('signed_out', undefined)
        },
      })
    }

    function leave(): void {
      tab?.leave()
      tab = null
    }

    function close(): void {
      stopLifecycle?.()
      stopLifecycle = null
      leave()
      socket.onState({ status: 'closed', retryAt: null, closeCode: null })
    }

    return {
      connect() {
        if (tab !== null) tab.role.connect()
        stopLifecycle ??= environment.onLifecycle(phase => {
          if (phase === 'resume' && tab === null) join()
          if (phase === 'resume' || tab === null) return
          // A page that does not run can neither lead nor hear; and it must not keep others from leading.
          leave()
          socket.onState({ status: 'reconnecting', retryAt: null, closeCode: null })
        })
        if (tab === null) join()
      },
      close,
      send: text => role()?.send(text) ?? false,
      greeted: () => role()?.greeted(),
      live: () => role()?.live(),
      draining: retryAfter => role()?.draining(retryAfter),
      renewed: expiresAt => role()?.renewed(expiresAt),
      restart: () => role()?.restart(),
    }
  }

  return {
    ...inbox,
    signOut() {
      tab?.tellSignedOut()
      createTold(environment, nameHere()).forget()
      inbox.close()
    },
  }
}

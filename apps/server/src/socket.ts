/** The live half of the application: sockets of signed-in people, on the server that also answers REST. */
import type { Authenticate, Hub } from '@pms/notifier'
import { mountSocket } from '@pms/notifier/ws'
import type { Auth } from './auth/auth.ts'
import { ProblemError } from './http/errors.ts'
import { networkOf } from './http/networks.ts'
import type { OriginCheck } from './http/origins.ts'
import type { Proxies } from './http/proxies.ts'
import type { Http } from './http/server.ts'

export interface SocketOptions {
  hub: Hub
  originAllowed: OriginCheck
  proxies: Proxies
  /** Of one address, here. */
  upgradesPerSecond: number
  /** Whether an address may open one more, wherever it has opened others. */
  mayUpgrade(address: string): Promise<boolean>
}

export function serveSocket(http: Http, options: SocketOptions): void {
  const { hub, originAllowed, proxies, upgradesPerSecond, mayUpgrade } = options
  const close = mountSocket(http.server, {
    path: '/api/notifications/ws',
    hub,
    originAllowed: (origin, request) => originAllowed(origin, proxies.hostOf(request)),
    addressOf: request => networkOf(proxies.addressOf(request)),
    upgradesPerSecond,
    mayUpgrade,
    onError: error => http.log.error({ err: error }, 'socket'),
  })
  // Before the server waits for its connections to end: these end only when told to.
  http.addHook('preClose', close)
}

/** Lets sockets in on what lets REST calls in, and on tickets. */
export function socketAuthenticate(auth: Auth): Authenticate {
  return async ({ kind, value }) => {
    try {
      const caller = await (kind === 'ticket' ? auth.redeemTicket(value) : auth.admit(value))
      return { userId: caller.id, session: caller.sessionId, expiresAt: caller.expiresAt }
    } catch (refusal) {
      if (!(refusal instanceof ProblemError)) throw refusal
      return refusal.status === 403 ? 'forbidden' : 'unauthenticated'
    }
  }
}

/** The live half of the application: sockets of signed-in people, on the server that also answers REST. */
import type { Hub } from '@pms/notifier'
import { mountSocket } from '@pms/notifier/ws'
import type { Authenticate } from './auth/caller.ts'
import { ProblemError } from './http/errors.ts'
import type { OriginCheck } from './http/origins.ts'
import type { Http } from './http/server.ts'

export interface SocketOptions {
  hub: Hub
  authenticate: Authenticate
  originAllowed: OriginCheck
}

export function serveSocket(http: Http, { hub, authenticate, originAllowed }: SocketOptions): void {
  const close = mountSocket(http.server, {
    path: '/api/notifications/ws',
    hub,
    authenticate: token => userOf(authenticate, token),
    originAllowed: (origin, request) => originAllowed(origin, request.headers.host),
    onError: error => http.log.error({ err: error }, 'socket'),
  })
  // Before the server waits for its connections to end: these end only when told to.
  http.addHook('preClose', close)
}

async function userOf(authenticate: Authenticate, token: string): Promise<string | null | 'forbidden'> {
  try {
    return (await authenticate(token)).id
  } catch (refusal) {
    if (!(refusal instanceof ProblemError)) throw refusal
    return refusal.status === 403 ? 'forbidden' : null
  }
}

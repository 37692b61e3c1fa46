/** How the server sees whoever calls it: by which a proxy in front is judged. */
import { assertMay, callerOf } from '../auth/caller.ts'
import type { Proxies } from '../http/proxies.ts'
import type { Http } from '../http/server.ts'
import { FORWARDED } from './metrics-routes.ts'

export interface SeenCaller {
  /** Where the call comes from, as far as the server believes it. */
  address: string
  /** The other end of the connection: the client, or the last proxy. */
  peer: string
  peer_port: number
  scheme: string
  host: string
  /** Whether that is a proxy of ours. */
  is_believed: boolean
  /** Headers of proxies that came with it, by name. */
  forwarded: string[]
  /** For whom the last proxy says it speaks, and those before it. */
  forwarded_for: string | null
}

export function callerRoute(api: Http, { hostOf, isTrusted }: Pick<Proxies, 'hostOf' | 'isTrusted'>): void {
  api.get('/api/system/caller', { schema: { hide: true } }, async (request): Promise<SeenCaller> => {
    assertMay(callerOf(request), 'system.observe')
    const peer = request.socket.remoteAddress ?? ''
    const { 'x-forwarded-for': forwardedFor = null } = request.headers
    return {
      address: request.ip,
      peer,
      peer_port: request.socket.remotePort ?? 0,
      scheme: request.protocol,
      host: hostOf(request.raw) ?? '',
      is_believed: isTrusted(peer, 0),
      forwarded: FORWARDED.filter(name => request.headers[name] !== undefined),
      forwarded_for: forwardedFor === null ? null : String(forwardedFor),
    }
  })
}

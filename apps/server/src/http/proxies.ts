/**
 * Proxies in front of the server, and what they say of whom they speak for: address, host and scheme. Whoever is not
 * named as one is taken for the client itself, whatever they say.
 */
import type { IncomingMessage } from 'node:http'
import proxyAddr from '@fastify/proxy-addr'

/** Addresses and networks of proxies; or how many of them every request has come through. */
export type TrustedProxies = readonly string[] | number

export type Proxies = ReturnType<typeof createProxies>

/** @throws when one of them is neither an address nor a network */
export function createProxies(trusted: TrustedProxies) {
  const isTrusted: (address: string, hop: number) => boolean =
    typeof trusted === 'number' ? (_address, hop) => hop < trusted : proxyAddr.compile([...trusted])

  return {
    isTrusted,

    /** Where a request comes from: the last one on its way that is not a proxy of ours. */
    addressOf: (request: IncomingMessage): string => proxyAddr(request, isTrusted) ?? '',

    /** What its client calls this server. */
    hostOf({ headers, socket }: IncomingMessage): string | undefined {
      const forwarded = headers['x-forwarded-host']
      if (typeof forwarded !== 'string' || !isTrusted(socket.remoteAddress ?? '', 0)) return headers.host
      return forwarded.split(',').at(-1)?.trim() || headers.host
    },
  }
}

/** The log: who asked for what and how it went, and never anything that would let its reader in. */
import type { FastifyRequest } from 'fastify'
import { type DestinationStream, type Logger, pino } from 'pino'

/** Query parameters that are keys to somebody's account. */
const SECRET_PARAMETERS: ReadonlySet<string> = new Set(['token', 'ticket'])

/** A person, or a key of another system. */
export type Who = { user_id: string } | { key_id: string }

const known = new WeakMap<FastifyRequest, Who>()

/** Says in the log who makes this call, from when that is known. A logger of its own would cost more than the call. */
export function noteCaller(request: FastifyRequest, who: Who): void {
  known.set(request, who)
}

/** Nothing where it is not known. */
export const whoCalls = (request: FastifyRequest): Who | undefined => known.get(request)

/** @param stream where it goes; standard output if not given */
export function createLogger(level: string, stream?: DestinationStream): Logger {
  const options = {
    level,
    serializers: {
      req: (request: FastifyRequest) => ({
        method: request.method,
        url: withoutSecrets(request.url),
        address: request.ip,
      }),
      res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
      err: pino.stdSerializers.err,
    },
    // Requests are logged without headers and bodies; this is for whoever logs more of them one day.
    redact: [
      'authorization',
      'cookie',
      '["set-cookie"]',
      '["sec-websocket-protocol"]',
      'password',
      'token',
      'access_token',
    ].flatMap(name => (name.startsWith('[') ? [name, `*${name}`] : [name, `*.${name}`])),
  }
  return stream ? pino(options, stream) : pino(options)
}

/** The URL with the values of secret parameters left out, however their names are written. */
export function withoutSecrets(url: string): string {
  const start = url.indexOf('?')
  if (start === -1) return url
  const pairs = url
    .slice(start + 1)
    .split('&')
    .map(pair => {
      const [name = ''] = pair.split('=', 1)
      return SECRET_PARAMETERS.has(decode(name)) ? `${name}=[redacted]` : pair
    })
  return `${url.slice(0, start)}?${pairs.join('&')}`
}

function decode(name: string): string {
  // As the URL parser reads names, which never fails.
  return [...new URLSearchParams(name).keys()][0] ?? ''
}

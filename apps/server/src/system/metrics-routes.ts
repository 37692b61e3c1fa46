/** `/metrics`: for Prometheus, and for nobody else. Whoever has no way in does not learn that there is one. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { isLoopback } from '../config.ts'
import { forbidden, notFound } from '../http/errors.ts'
import type { Http } from '../http/server.ts'
import type { Metrics } from './metrics.ts'

export interface MetricsRouteOptions {
  metrics: Metrics
  /** null: whoever calls from this machine, and directly, needs none. */
  token: string | null
}

/** Whoever adds one of these speaks for somebody else. */
export const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
]

export function metricsRoutes(http: Http, { metrics, token }: MetricsRouteOptions): void {
  http.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (token === null && !isFromHere(request)) throw notFound()
    if (token !== null && !isEqual(bearerOf(request), token))
      throw forbidden('METRICS_TOKEN is wanted, as a bearer token')
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text())
  })
}

/** Every call that is answered is timed, under the route that it took and never under what it asked for. */
export function timeRequests(http: Http, metrics: Metrics): void {
  http.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    metrics.observeRequest(request.method, route, reply.statusCode, reply.elapsedTime)
  })
}

function isFromHere({ socket, headers }: FastifyRequest): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return isLoopback(address) && FORWARDED.every(name => headers[name] === undefined)
}

function bearerOf({ headers }: FastifyRequest): string {
  return /^bearer +(\S+)$/i.exec(headers.authorization?.trim() ?? '')?.[1] ?? ''
}

/** Takes the same time wherever two texts differ, and however long they are. */
function isEqual(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

/**
 * The HTTP server before any feature: how it reads, checks, logs and refuses. Features add their routes to it; none
 * of them needs to know how a body is parsed or a problem is written.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  fastify,
  LogController,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify'
import type { Logger } from 'pino'
import { answerClientError } from './client-errors.ts'
import { handleError } from './error-handler.ts'
import { whoCalls } from './logging.ts'
import { createProxies, type Proxies } from './proxies.ts'
import { RequestLog } from './request-log.ts'
import { secure } from './security.ts'
import { serializerCompiler } from './serialization.ts'
import { validatorCompiler } from './validation.ts'

export type Http = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export interface HttpOptions {
  logger: FastifyBaseLogger
  allowedOrigins: readonly string[]
  /** None, if not given. */
  proxies?: Proxies
  patience?: Patience
}

/** How long somebody may take to send a request, in milliseconds. */
export interface Patience {
  /** With its body. */
  requestMs: number
  headersMs: number
  /** How often it is looked who has taken longer. */
  lookMs: number
}

/** What a request is called, in the log and in the answer. */
const REQUEST_ID = 'x-request-id'

/** Larger than any form of ours, small enough to check at once. */
const MAX_BODY_BYTES = 256 * 1024

/** A request that takes longer to arrive is no file sent over a slow line; one whose headers do is no request of ours. */
const PATIENCE: Patience = { requestMs: 300_000, headersMs: 30_000, lookMs: 10_000 }

export async function createHttp(options: HttpOptions): Promise<Http> {
  const { logger, allowedOrigins, proxies = createProxies([]), patience = PATIENCE } = options
  const http = fastify({
    loggerInstance: logger,
    // Fastify hands over what it made of the one above.
    childLoggerFactory: (log, bindings) => new RequestLog(log as Logger, bindings),
    // One line when it is done, with the name of who asked, instead of two without (see below).
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: request => idFromProxy(request, proxies) ?? randomUUID(),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: patience.requestMs,
    http: { headersTimeout: patience.headersMs, connectionsCheckingInterval: patience.lookMs },
    trustProxy: proxies.isTrusted,
    routerOptions: { ignoreTrailingSlash: true },
    frameworkErrors: handleError,
    clientErrorHandler: (error, socket) => answerClientError(logger, error, socket),
  }).withTypeProvider<TypeBoxTypeProvider>()

  http.setValidatorCompiler(validatorCompiler)
  http.setSerializerCompiler(serializerCompiler)
  http.setErrorHandler(handleError)
  readJson(http)
  http.addHook('onRequest', (request, reply, done) => {
    reply.header(REQUEST_ID, request.id)
    done()
  })
  http.addHook('onResponse', async (request, reply) => {
    const level = reply.statusCode >= 500 ? 'error' : 'info'
    const ms = Math.round(reply.elapsedTime)
    request.log[level]({ ...whoCalls(request), req: request, res: reply, ms }, 'request')
  })
  await secure(http, allowedOrigins, proxies)
  return http
}

/** The name that a proxy of ours gave the request, by which its log knows it too. */
function idFromProxy(
  { headers, socket }: RawRequestDefaultExpression,
  { isTrusted }: Proxies,
): string | null {
  const id = headers[REQUEST_ID]
  if (typeof id !== 'string' || !/^[\w.-]{8,100}$/.test(id)) return null
  return isTrusted(socket.remoteAddress ?? '', 0) ? id : null
}

/** JSON only. A call without a body may still say that it sends JSON, as calls made by habit do. */
function readJson(http: Http): void {
  const parse = http.getDefaultJsonParser('error', 'error')
  http.removeAllContentTypeParsers()
  http.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.trim() === '') done(null, undefined)
    else parse(request, body, done)
  })
  // Of what type nothing is does not matter: curl calls an empty body a form.
  http.addHook('onRequest', ({ headers }, _reply, done) => {
    if (headers['content-length'] === '0') delete headers['content-type']
    done()
  })
}

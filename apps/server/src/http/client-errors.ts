/**
 * What is answered to bytes that are no request: Node's parser gave up on them, so there is no call, no route and no
 * caller. In the words of every other refusal all the same.
 */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyBaseLogger } from 'fastify'
import { PROBLEM_TYPE } from './error-handler.ts'
import { badRequest, headersTooLarge, type ProblemError, requestTimeout } from './errors.ts'

type ClientError = Error & { code?: string }

/** By the name that Node gives to what went wrong; whatever else it is, the bytes are no HTTP. */
const PROBLEMS: Readonly<Record<string, () => ProblemError>> = {
  HPE_HEADER_OVERFLOW: headersTooLarge,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: headersTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: requestTimeout,
}

/** Answers and ends the connection: nobody knows where on it the next request would begin. */
export function answerClientError(log: FastifyBaseLogger, error: ClientError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const problem = (PROBLEMS[error.code ?? ''] ?? notHttp)()
  log.trace({ err: error }, 'client error')
  const body = JSON.stringify(problem.toProblem())
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    'Cache-Control: no-store',
    'Connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroySoon()
}

const notHttp = () => badRequest('The request is not well formed')

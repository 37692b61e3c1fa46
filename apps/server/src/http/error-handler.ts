/** Turns whatever was thrown into problem details. What nobody foresaw is logged, and says nothing of itself. */
import { DatabaseUnavailable, OutcomeUnknown } from '@pms/notifier/database'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { describeErrors } from '../schema/describe-errors.ts'
import {
  badRequest,
  internalError,
  invalidInput,
  invalidJson,
  notFound,
  outcomeUnknown,
  ProblemError,
  tooLarge,
  unavailable,
  unsupportedMediaType,
} from './errors.ts'
import { whoCalls } from './logging.ts'

export const PROBLEM_TYPE = 'application/problem+json'

export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblemError(error)
  if (problem.status >= 500) request.log.error({ ...whoCalls(request), err: error }, 'request failed')
  return sendProblem(reply, problem)
}

export function sendProblem(reply: FastifyReply, problem: ProblemError): FastifyReply {
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .header('cache-control', 'no-store')
    .type(PROBLEM_TYPE)
    .send(problem.toProblem())
}

const FASTIFY_ERRORS: Readonly<Record<string, () => ProblemError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: tooLarge,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: unsupportedMediaType,
  FST_ERR_CTP_INVALID_JSON_BODY: invalidJson,
  FST_ERR_CTP_EMPTY_JSON_BODY: invalidJson,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => badRequest('The body is not as long as it says'),
  // Longer than any name of a thing: there is none that is called so.
  FST_ERR_MAX_PARAM_LENGTH: notFound,
  FST_ERR_BAD_URL: () => badRequest('The address is not a valid URL'),
  FST_STATIC_FORBIDDEN_PATH: notFound,
}

/** What a call, or one row of it, is refused with. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (isSchemaError(error)) return invalidInput(describeErrors(error.validation))
  if (!(error instanceof Error)) return internalError()
  if ('code' in error && typeof error.code === 'string') {
    const known = FASTIFY_ERRORS[error.code]
    if (known) return known()
  }
  if ('statusCode' in error && error.statusCode === 400) return badRequest('The request is not well formed')
  if (error instanceof DatabaseUnavailable) return unavailable()
  return error instanceof OutcomeUnknown ? outcomeUnknown() : internalError()
}

function isSchemaError(error: unknown): error is { validation: Parameters<typeof describeErrors>[0] } {
  return error instanceof Error && Array.isArray((error as FastifyError).validation)
}

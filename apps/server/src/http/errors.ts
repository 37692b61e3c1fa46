/**
 * Every way in which a call is refused, named once. An action throws one of these; the error handler turns it into
 * problem details (RFC 9457). Nothing here knows Fastify.
 */
import { STATUS_CODES } from 'node:http'
import type { Problem } from '@pms/protocol'
import type { FieldProblem } from '../schema/describe-errors.ts'
import type { ProblemCode } from './problem-codes.ts'

interface Extras {
  errors?: readonly FieldProblem[]
  /** With 409: the state the thing is in. */
  currentStatus?: string
  headers?: Readonly<Record<string, string>>
}

export class ProblemError extends Error {
  readonly status: number
  readonly code: ProblemCode
  readonly headers: Readonly<Record<string, string>>
  readonly #extras: Extras

  constructor(status: number, code: ProblemCode, detail: string, extras: Extras = {}) {
    super(detail)
    this.name = 'ProblemError'
    this.status = status
    this.code = code
    this.headers = extras.headers ?? {}
    this.#extras = extras
  }

  toProblem(): Problem {
    const { errors, currentStatus } = this.#extras
    return {
      type: 'about:blank',
      title: STATUS_CODES[this.status] ?? 'Error',
      status: this.status,
      detail: this.message,
      code: this.code,
      ...(errors ? { errors: [...errors] } : {}),
      ...(currentStatus === undefined ? {} : { current_status: currentStatus }),
    }
  }
}

export const badRequest = (detail: string) => new ProblemError(400, 'bad_request', detail)

/** No token at all: the challenge names no error, because none was made. */
export const notSignedIn = () =>
  new ProblemError(401, 'not_signed_in', 'Sign in first', { headers: { 'www-authenticate': 'Bearer' } })

/** A token that opens nothing: bad, expired, or of a session that has ended. */
export const badToken = (
  code: 'invalid_token' | 'token_expired' | 'session_ended' | 'unknown_person',
  detail: string,
) => new ProblemError(401, code, detail, { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } })

export const invalidCredentials = () =>
  new ProblemError(401, 'invalid_credentials', 'The email or the password is wrong')

/** It was used, is too old, or never was one: which of them is nobody's business. */
export const invalidLink = () =>
  unprocessable('token', 'This link is not good any more. Ask for a new one.', 'invalid_link')

export const accountNotActive = (status: string) =>
  new ProblemError(403, 'account_not_active', `This account is ${status}. Ask your administrator.`)

export const forbidden = (detail = 'You are not allowed to do this', code: ProblemCode = 'forbidden') =>
  new ProblemError(403, code, detail)

/** It is not there, or it is not yours to see: the two look the same from outside. */
export const notFound = (what = 'page') => new ProblemError(404, 'not_found', `There is no such ${what}`)

export const methodNotAllowed = (allowed: readonly string[]) =>
  new ProblemError(405, 'method_not_allowed', `Only ${allowed.join(', ')} can be used here`, {
    headers: { allow: allowed.join(', ') },
  })

/** The thing is not in a state in which this can be done. */
export const conflict = (detail: string, { code = 'wrong_state', ...extras }: ConflictOptions = {}) =>
  new ProblemError(409, code, detail, extras)

interface ConflictOptions {
  code?: ProblemCode
  currentStatus?: string
}

export const tooLarge = () => new ProblemError(413, 'too_large', 'The body is too large')

export const headersTooLarge = () =>
  new ProblemError(431, 'headers_too_large', 'The headers of the request are too large')

export const requestTimeout = () =>
  new ProblemError(408, 'request_timeout', 'The request took too long to arrive')

export const unsupportedMediaType = () =>
  new ProblemError(
    415,
    'unsupported_media_type',
    'The body must be JSON, with the content type application/json',
  )

export const invalidJson = () => new ProblemError(422, 'invalid_json', 'The body is not valid JSON')

export const invalidInput = (errors: readonly FieldProblem[]) =>
  new ProblemError(422, 'invalid_input', errors.map(error => error.message).join('; '), { errors })

/** One field that a schema cannot judge is wrong. */
export const unprocessable = (field: string, message: string, code: ProblemCode = 'invalid_input') =>
  new ProblemError(422, code, message, { errors: [{ field, message }] })

/** @param standing headers that say which limit it was */
export const tooManyRequests = (retryAfterMs: number, standing: Readonly<Record<string, string>> = {}) => {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000))
  return new ProblemError(429, 'too_many_requests', `Too many requests. Try again in ${seconds} s.`, {
    headers: { ...standing, 'retry-after': String(seconds) },
  })
}

export const internalError = () =>
  new ProblemError(500, 'internal_error', 'Something went wrong here. It has been logged.')

/** The keys of another system, whose tokens are believed here. */
export const keysUnavailable = () =>
  new ProblemError(
    503,
    'keys_unavailable',
    'The keys that prove this token cannot be fetched. Try again in a moment.',
    { headers: { 'retry-after': '30' } },
  )

/** Repeated by itself this could happen twice, so whoever asked is told. */
export const outcomeUnknown = () =>
  new ProblemError(
    503,
    'outcome_unknown',
    'The connection to the database broke just then. This may have happened or not: look before you try again.',
  )

export const unavailable = () =>
  new ProblemError(503, 'unavailable', 'The server is busy. Try again in a moment.', {
    headers: { 'retry-after': '1' },
  })

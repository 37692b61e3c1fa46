/**
 * With what a route can refuse a call. Most of it follows from what the route is: open to all or not, with a body or
 * parameters, marked idempotent. What its actions add stands at the route, as `refuses`.
 */
import { STATUS_CODES } from 'node:http'
import type { Problem } from '@pms/protocol'
import { PROBLEM_TYPE } from '../error-handler.ts'
import { PROBLEM_CODES, type ProblemCode } from '../problem-codes.ts'
import { type Response, refTo } from './document.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Codes with which its actions refuse; what follows from the rest of the route need not be said. */
    refuses?: readonly ProblemCode[]
    /** It acts on a cookie alone, so it wants to be shown that one of our own pages calls. */
    ownPage?: boolean
    /** It sets or clears the cookies of a browser. */
    setsCookies?: boolean
  }
}

/** What of a route its refusals follow from. */
export interface RouteFacts {
  method: string
  path: string
  isPublic: boolean
  takesKey: boolean
  ownPage: boolean
  isIdempotent: boolean
  setsCookies: boolean
  takesInput: boolean
  refuses: readonly ProblemCode[]
}

const IN_ORDER = Object.keys(PROBLEM_CODES) as ProblemCode[]

export function codesOf(route: RouteFacts): ProblemCode[] {
  const changes = route.method !== 'get'
  const hasParams = route.path.includes('{')
  const codes = new Set<ProblemCode>([...route.refuses, 'too_many_requests', 'internal_error', 'unavailable'])
  const add = (when: boolean, ...more: ProblemCode[]) => {
    if (when) for (const code of more) codes.add(code)
  }
  add(!route.isPublic, 'not_signed_in', 'invalid_token', 'token_expired')
  add(!route.isPublic && !route.takesKey, 'session_ended', 'account_not_active')
  add(!route.isPublic && !route.takesKey, 'unknown_person', 'keys_unavailable')
  add(route.takesKey, 'insufficient_scope')
  add(route.ownPage, 'csrf', 'origin_not_allowed')
  add(changes, 'bad_request', 'too_large', 'unsupported_media_type', 'invalid_json', 'outcome_unknown')
  add(hasParams, 'bad_request', 'not_found')
  add(hasParams || route.takesInput, 'invalid_input')
  add(route.isIdempotent, 'idempotency_mismatch')
  return IN_ORDER.filter(code => codes.has(code))
}

/** The answers with which a route refuses, by status. */
export function refusalsOf(route: RouteFacts): Record<string, Response> {
  const byStatus = Map.groupBy(codesOf(route), code => PROBLEM_CODES[code].status)
  return Object.fromEntries([...byStatus].map(([status, codes]) => [String(status), refusal(status, codes)]))
}

/** Of every answer to a call that was counted. */
export const LIMIT_HEADERS = ['RateLimit', 'RateLimit-Policy']

const HEADERS_OF: Readonly<Record<number, readonly string[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After', ...LIMIT_HEADERS],
  503: ['Retry-After'],
}

function refusal(status: number, codes: readonly ProblemCode[]): Response {
  const names = HEADERS_OF[status]
  const meanings = codes.map(code => `- \`${code}\`: ${PROBLEM_CODES[code].when}`)
  return {
    description: [STATUS_CODES[status], '', ...meanings].join('\n'),
    ...(names ? { headers: headerRefs(names) } : {}),
    content: {
      [PROBLEM_TYPE]: {
        schema: {
          allOf: [
            refTo('schemas', 'Problem'),
            { type: 'object', properties: { status: { const: status }, code: { enum: [...codes] } } },
          ],
        },
        examples: Object.fromEntries(codes.map(code => [code, { value: exampleOf(code) }])),
      },
    },
  }
}

export const headerRefs = (names: readonly string[]) =>
  Object.fromEntries(names.map(name => [name, refTo('headers', name)]))

function exampleOf(code: ProblemCode): Problem {
  const { status, says } = PROBLEM_CODES[code]
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? '',
    status,
    detail: says,
    code,
    ...(code === 'invalid_input' ? { errors: [{ field: 'limit', message: says }] } : {}),
    ...(code === 'wrong_state' ? { current_status: 'ACTIVE' } : {}),
  }
}

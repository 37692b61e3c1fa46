/** What can go wrong with a call, in the words of the server where it had any. */
import type { Problem } from '@pms/protocol'

/** A call that did not succeed. `status` 0: no answer came at all. */
export class ApiError extends Error {
  readonly status: number
  readonly problem: Problem
  /** Seconds the server asked to wait, with 429. */
  readonly retryAfter: number | null

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail)
    this.name = 'ApiError'
    this.status = problem.status
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

const problem = (status: number, code: string, title: string, detail: string): Problem => ({
  type: 'about:blank',
  title,
  status,
  detail,
  code,
})

export const unreachable = () =>
  new ApiError(
    problem(0, 'unreachable', 'No connection', 'PMS cannot be reached. Check your connection and try again.'),
  )

/** The error of an answer of 400 or above. A proxy in between may answer without a problem document. */
export async function errorOf(response: Response): Promise<ApiError> {
  const wait = Number(response.headers.get('retry-after'))
  const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : null
  const body: unknown = await response.json().catch(() => null)
  if (isProblem(body)) return new ApiError({ ...body, status: response.status }, retryAfter)
  return new ApiError(
    response.status >= 500
      ? problem(response.status, 'server_error', 'Server error', 'PMS could not do that just now. Try again.')
      : problem(response.status, 'unknown', 'Refused', `The server refused this (${response.status}).`),
    retryAfter,
  )
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string'
}

/** The sentence to show a person for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof ApiError ? error.message : 'Something went wrong here. Try again.'
}

/** Messages by field, from a 422. Nested names keep their last part: `/body/title` and `body.title` are `title`. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {}
  const found: Record<string, string> = {}
  for (const { field, message } of error.problem.errors ?? []) {
    const name = field.split(/[./]/).at(-1) ?? field
    found[name] ??= message
  }
  return found
}

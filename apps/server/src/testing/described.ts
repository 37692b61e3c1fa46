/**
 * Holds what a server answers against what it says of itself: a test in which a call is refused by a code that the
 * description of that call does not name fails.
 */
import type { App } from '../app.ts'
import { codesOf } from '../http/docs/refusals.ts'
import { PROBLEM_CODES } from '../http/problem-codes.ts'

interface Answered {
  method: string
  path: string
  status: number
  body: unknown
}

export type Described = (answered: Answered) => void

/** @throws for a refusal that is not described */
export function describedBy({ description }: App): Described {
  let calls: ReturnType<typeof readCalls> | undefined
  return ({ method, path, status, body }) => {
    if (status < 400) return
    calls ??= readCalls(description.calls())
    const [address = ''] = path.split('?', 1)
    const call = calls.find(known => known.method === method && known.pattern.test(address))
    const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined
    if (!call || call.codes.some(known => known === code && PROBLEM_CODES[known].status === status)) return
    throw new Error(`${method} ${path} answered ${status} ${code}, which its description does not name`)
  }
}

/** `/api/goals/tree` before `/api/goals/{id}`, as the server takes them. */
function readCalls(calls: ReturnType<App['description']['calls']>) {
  return calls
    .map(call => ({
      method: call.method.toUpperCase(),
      pattern: new RegExp(`^${call.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      codes: codesOf(call),
      holes: call.path.split('{').length,
    }))
    .sort((one, other) => one.holes - other.holes)
}

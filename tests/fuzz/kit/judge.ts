/** Sends a call, and says what is wrong with its answer. */

import type { Request } from './calls.ts'
import type { Operation } from './document.ts'
import { placeOf } from './ids.ts'
import type { CallerName, PersonName, Town } from './town.ts'

export interface Verdict {
  status: number
  /** In words, with the call and the answer; null: all is well. */
  problem: string | null
}

/** Refusals of input that are about no single field. */
const ABOUT_NO_FIELD = new Set(['invalid_json'])

/** In an address it is refused before anybody looks who asks. */
const TOO_LONG = /[^/?]{100}/

/** All that is held of a person, for who keeps their account. */
const EXPORT = 'GET /api/users/{id}/data'
const KEEPERS: ReadonlySet<CallerName> = new Set(['hana', 'adam', 'ada'])

/** Of what is never told to anybody. */
const NEVER = /\$argon2|password_hash|token_hash|key_hash/

export async function send(
  town: Town,
  operation: Operation,
  { method, path, headers, body, fault }: Request,
  caller: CallerName,
): Promise<Verdict> {
  const token = caller === 'nobody' ? null : caller === 'system' ? town.key : await town.tokenOf(caller)
  const response = await fetch(town.server.url + path, {
    method,
    headers: { ...headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body,
    redirect: 'manual',
  })
  const text = await response.text()
  const { status } = response
  const mediaType = response.headers.get('content-type')?.split(';')[0] ?? ''
  const problems = [...judge()]
  return {
    status,
    problem:
      problems.length === 0
        ? null
        : `${problems.join('\n')}\n${caller} called ${method} ${short(path)} ${JSON.stringify(headers)} ${
            typeof body === 'string' ? short(body) : ''
          }\nanswered with ${status} ${mediaType} ${short(text)}`,
  }

  function* judge(): Generator<string> {
    if (status >= 500 && !isBusy(text)) yield 'the server failed'
    const mismatch = operation.checkAnswer({ status, mediaType, text })
    if (mismatch) yield `the answer is none that the document promises: ${mismatch}`
    if (fault !== null && status < 400) yield `taken, though the document does not allow it: ${fault}`
    const isOpen = !operation.security.some(name => name === 'bearer' || name === 'api_key')
    if (caller === 'nobody' && !isOpen && status !== 401 && !(status === 404 && TOO_LONG.test(path)))
      yield 'answered to nobody'
    if (caller === 'system' && !isOpen && !operation.security.includes('api_key') && status < 400)
      yield 'answered to an API key'
    const mayKnowAll = operation.name === EXPORT && KEEPERS.has(caller)
    const leaks = mayKnowAll ? [] : town.leaks(text + [...response.headers].join(), caller)
    if (leaks.length > 0) yield `tells ${caller} what is not theirs: ${leaks}`
    const never = NEVER.exec(text)
    if (never) yield `tells what nobody may know: ${never}`
    if (status >= 400) yield* judgeRefusal()
    else if (mediaType === 'application/json')
      town.ids.learn(caller, placeOf(operation.path), JSON.parse(text))
  }

  function* judgeRefusal(): Generator<string> {
    if (mediaType !== 'application/problem+json') {
      yield 'refused without problem details'
      return
    }
    const problem = JSON.parse(text)
    if (problem.status !== status) yield 'the problem has another status than the answer'
    if (typeof problem.code !== 'string' || problem.code === '') yield 'the problem has no code'
    const names = problem.errors?.every((each: { field: string }) => each.field !== '') ?? false
    if (status === 422 && !ABOUT_NO_FIELD.has(problem.code) && !names) yield 'no field is named'
    if (status === 401 && token !== null && caller !== 'system') town.forgetToken(caller as PersonName)
  }
}

/** The database did not come to it in time, on a machine with much else to do: whoever asked is told to come back. */
const isBusy = (text: string): boolean => text.includes('"code":"unavailable"')

const short = (text: string): string => (text.length > 600 ? `${text.slice(0, 600)}…` : text)

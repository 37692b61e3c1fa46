/** From an operation of the document, calls of it: as its schemas say, or with one thing wrong. */
import fc from 'fast-check'
import { chanceOf } from '../../faults/kit/random.ts'
import { type Breaking, breakings, broken, WRONG_WORDS } from './breaking.ts'
import type { ApiDocument, Operation } from './document.ts'
import { placeOf } from './ids.ts'
import { CALLERS, type CallerName, PEOPLE, type Town } from './town.ts'
import { isWanted, valuesOf } from './values.ts'

/** A call before it is known what there is to call about. */
export interface Plan {
  caller: CallerName
  parameters: Record<string, unknown>
  body: unknown
  wrong: null | { in: 'body'; how: Breaking } | { in: 'parameters'; which: number; word: string }
}

export interface Request {
  method: string
  path: string
  headers: Record<string, string>
  body: string | FormData | null
  /** What the document has against it: it must be refused then. */
  fault: string | null
}

/** Names of files for uploads, each with what is in it. */
const FILES = [
  ['notes.txt', 'plain words'],
  ['notes.txt', '\0\0\0'],
  ['page.html', '<script>alert(1)</script>'],
  ['../../x.txt', 'x'],
  ['a\r\nb.txt', 'x'],
  ['', ''],
  ['x.pdf', '%PDF-1.7'],
  ['x.png', 'not one'],
] as const

export function plansOf(document: ApiDocument, operation: Operation): fc.Arbitrary<Plan> {
  const of = valuesOf(document, placeOf(operation.path))
  const { parameters, body } = operation
  const named = Object.fromEntries(
    parameters.map(({ name, schema, required }) => {
      const value = of(schema, name)
      // All filters at once let nothing through.
      return [name, required ? value : fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, value)]
    }),
  )
  const isForm = body?.mediaType.startsWith('multipart/') ?? false
  const wrongs: fc.Arbitrary<Plan['wrong']>[] = []
  if (body && !isForm) wrongs.push(fc.record({ in: fc.constant('body' as const), how: breakings }))
  if (parameters.length > 0)
    wrongs.push(
      fc.record({
        in: fc.constant('parameters' as const),
        which: fc.nat(parameters.length - 1),
        word: fc.constantFrom(...WRONG_WORDS),
      }),
    )
  const likely = operation.security.includes('api_key')
    ? fc.constant('system' as const)
    : fc.constantFrom(...PEOPLE)
  return fc.record({
    caller: fc.oneof({ arbitrary: likely, weight: 5 }, fc.constantFrom(...CALLERS)),
    parameters: fc.record(named, { noNullPrototype: true }),
    body: !body ? fc.constant(null) : isForm ? fc.constantFrom(...FILES) : of(body.schema, 'body'),
    wrong: fc.oneof({ arbitrary: fc.constant(null), weight: 2 * wrongs.length || 1 }, ...wrongs),
  })
}

/** The call itself, about things that are there now. */
export function requestOf(operation: Operation, plan: Plan, town: Town): Request {
  const { method, parameters: known, body: kind } = operation
  const given = settle(plan.parameters, operation, plan, town) as Record<string, unknown>
  const words = new Map(
    Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([each, value]) => [each, String(value)]),
  )
  if (plan.wrong?.in === 'parameters') {
    const { which, word } = plan.wrong
    const parameter = known[which]
    if (parameter && !(parameter.in === 'path' && word === '../..')) words.set(parameter.name, word)
  }
  const faults: string[] = []
  const headers: Record<string, string> = {}
  const query = new URLSearchParams()
  let path = operation.path
  for (const parameter of known) {
    const word = words.get(parameter.name)
    // An empty word in a path is another path.
    if (word === undefined || (parameter.in === 'path' && word === '')) continue
    if (parameter.in === 'path')
      path = path.replace(`{${parameter.name}}`, encodeURIComponent(word.toWellFormed()))
    else if (parameter.in === 'query') query.set(parameter.name, word)
    else if (isHeaderValue(word)) headers[parameter.name] = word
    else continue
    const fault = operation.checkParameter(parameter.name, read(parameter.schema.type, word.toWellFormed()))
    if (fault) faults.push(`${parameter.name}: ${fault}`)
  }
  const search = query.size > 0 ? `?${query}` : ''
  if (!kind) return { method, path: path + search, headers, body: null, fault: faults.join('; ') || null }

  let body: string | FormData
  if (kind.mediaType.startsWith('multipart/')) {
    const [fileName, content] = plan.body as (typeof FILES)[number]
    body = new FormData()
    body.set('file', new File([content], fileName))
  } else {
    const value = settle(plan.body, operation, plan, town)
    const sent = plan.wrong?.in === 'body' ? broken(value, plan.wrong.how) : value
    body = JSON.stringify(sent)
    headers['content-type'] = 'application/json'
    // Left out as a whole it counts as one without fields.
    const fault = operation.checkBody(JSON.parse(body) ?? {})
    if (fault) faults.push(fault)
  }
  return { method, path: path + search, headers, body, fault: faults.join('; ') || null }
}

/** Puts ids in the places of those wanted. */
function settle(value: unknown, operation: Operation, plan: Plan, town: Town): unknown {
  if (isWanted(value)) return idFor(value.wanted, value.turn, operation, plan.caller, town)
  if (Array.isArray(value)) {
    const all = value.map(each => settle(each, operation, plan, town))
    // Ids that were different when they were wanted may be the same thing.
    return value.some(isWanted) ? [...new Set(all)] : all
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, settle(each, operation, plan, town)]),
  )
}

function idFor(
  kind: string,
  turn: number,
  { method, path }: Operation,
  caller: CallerName,
  town: Town,
): string {
  const { ids, secrets } = town
  if (kind === 'cursor') return ids.cursor(turn) ?? 'x'
  // Those who may change everything could hand on, to anybody, what is to stay where it is.
  const mayAskForSecrets = method === 'GET' || (caller !== 'hana' && caller !== 'ada' && caller !== 'adam')
  const secret = secrets.get(kind) ?? []
  if (mayAskForSecrets && turn % 4 === 3 && secret.length > 0) return secret[turn % secret.length] ?? ''
  if (kind === 'nothing') return ids.get(0, kind)
  if (kind === 'any') return ids.any(chanceOf(turn))
  // Mostly what they were told of; and what they may do this with, if they were told so.
  const action = method === 'PATCH' ? 'edit' : path.split('/').at(-1)
  const pools = [`${caller}/${kind}/${action}`, `${caller}/${kind}`, kind]
  const id = ids.get(turn, ...pools.slice([0, 0, 1, 2, 2][turn % 5]))
  // Who calls stays who they are.
  return method !== 'GET' && path.startsWith('/api/users/{') && town.isKept(id)
    ? ids.get(turn, 'workers')
    : id
}

/** As the server reads words of an address. */
function read(type: unknown, word: string): unknown {
  if (type === 'integer' || type === 'number')
    return /^-?\d{1,15}(\.\d{1,15})?$/.test(word) ? Number(word) : word
  return (type === 'boolean' ? TRUTHS.get(word.toLowerCase()) : undefined) ?? word
}

const TRUTHS = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

/** Others cannot be sent: the client says so itself. */
const isHeaderValue = (word: string): boolean => /^[\t\x20-\x7e]+$/.test(word) && word.trim() === word

/**
 * The OpenAPI document as somebody reads it who knows nothing else of the server: which calls there are, what they
 * take, and whether an answer is one of those it promises.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

/** What we read of a JSON schema. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minProperties?: number
  readonly pattern?: string
  readonly format?: string
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required: boolean
  schema: Schema
}

export interface Operation {
  /** As `PUT /api/goals/{id}/approve`. */
  name: string
  method: string
  path: string
  parameters: readonly Parameter[]
  body: { mediaType: string; schema: Schema } | null
  /** The names of what it wants to be called with; empty: it is for everybody. */
  security: readonly string[]
  /** What is wrong with a value that is sent as its body; null when nothing is. */
  checkBody(value: unknown): string | null
  checkParameter(name: string, value: unknown): string | null
  /** What the document has against an answer; null when it promises such a one. */
  checkAnswer(answer: { status: number; mediaType: string; text: string }): string | null
}

interface Raw {
  paths: Record<string, Record<string, RawOperation>>
  security?: Record<string, unknown>[]
}
interface RawOperation {
  parameters?: (Partial<Parameter> & { $ref?: string })[]
  requestBody?: { $ref?: string; content: Record<string, { schema: Schema }> }
  responses: Record<string, { $ref?: string; content?: Record<string, { schema?: Schema }> }>
  security?: Record<string, unknown>[]
}

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'])
const KEY = 'openapi'

export type ApiDocument = ReturnType<typeof readDocument>

export function readDocument(given: unknown) {
  const document = given as Raw
  // Lenient about words that are none of JSON schema: a description of an API has some of its own.
  const ajv = new Ajv2020({ strict: false, validateSchema: false, useDefaults: true })
  formats.default(ajv)
  ajv.addFormat('binary', true)
  ajv.addSchema(document, KEY)
  const compiled = new Map<string, ValidateFunction>()

  function at<T>(pointer: string): T {
    const parts = pointer.slice(2).split('/').map(unescapePart)
    return parts.reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], document) as T
  }

  /** Follows references, and says where it ended. */
  function resolve<T extends object>(pointer: string): { pointer: string; value: T } {
    const value = at<T & { $ref?: string }>(pointer)
    return value.$ref === undefined ? { pointer, value } : resolve(value.$ref)
  }

  function check(pointer: string, value: unknown): string | null {
    let validate = compiled.get(pointer)
    if (!validate) {
      validate = ajv.compile({ $ref: `${KEY}${encodeURI(pointer)}` })
      compiled.set(pointer, validate)
    }
    // Defaults are filled in, which is nobody else's business.
    return validate(structuredClone(value)) ? null : ajv.errorsText(validate.errors)
  }

  function read(path: string, method: string): Operation {
    const pointer = `#/paths/${escapePart(path)}/${method}`
    const raw = at<RawOperation>(pointer)
    const parameters = (raw.parameters ?? []).map((_, n) => resolve<Parameter>(`${pointer}/parameters/${n}`))
    const body =
      raw.requestBody && resolve<NonNullable<RawOperation['requestBody']>>(`${pointer}/requestBody`)
    const [mediaType = ''] = Object.keys(body?.value.content ?? {})
    const bodyAt = `${body?.pointer}/content/${escapePart(mediaType)}/schema`
    return {
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      parameters: parameters.map(({ value }) => value),
      body: body ? { mediaType, schema: resolve<Schema>(bodyAt).value } : null,
      security: waysIn(raw.security ?? document.security ?? []),
      checkBody: value => check(bodyAt, value),
      checkParameter(name, value) {
        const found = parameters.find(parameter => parameter.value.name === name)
        return found ? check(`${found.pointer}/schema`, value) : null
      },
      checkAnswer({ status, mediaType: given, text }) {
        const key = String(status) in raw.responses ? String(status) : status >= 400 ? 'default' : ''
        if (!(key in raw.responses)) return `the document does not know the status ${status}`
        const answer = resolve<RawOperation['responses'][string]>(`${pointer}/responses/${key}`)
        const contents = answer.value.content
        if (contents === undefined || Object.keys(contents).length === 0)
          return text === '' ? null : `the document says that ${status} has no content`
        const name = given in contents ? given : '*/*'
        if (!(name in contents)) return `the document knows ${Object.keys(contents)}, not ${given}`
        if (contents[name]?.schema === undefined || !/[/+]json$/.test(given)) return null
        return check(`${answer.pointer}/content/${escapePart(name)}/schema`, JSON.parse(text))
      },
    }
  }

  return {
    operations: Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter(method => METHODS.has(method))
        .map(method => read(path, method)),
    ),
    /** A schema, or the one that it refers to. */
    follow: (schema: Schema): Schema =>
      schema.$ref === undefined ? schema : resolve<Schema>(schema.$ref).value,
  }
}

/** None where one of the ways is to come as one is. */
function waysIn(ways: readonly Record<string, unknown>[]): string[] {
  const names = ways.map(way => Object.keys(way))
  return names.some(way => way.length === 0) ? [] : names.flat()
}

const escapePart = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1')
const unescapePart = (part: string): string =>
  decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')

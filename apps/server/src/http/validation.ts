/**
 * Checks what comes in against a route's schemas. Bodies are taken as they are: a number in quotes is no number.
 * Query and path are text, so numbers and booleans are read from it first. Ids are put into lower case. What a schema
 * does not name is dropped before a route sees it. The one sign that is no text anywhere is a NUL: PostgreSQL keeps
 * none, and SQLite reads a pattern no further than to it, so that a search for one would find everything.
 */
import type { FastifySchemaCompiler } from 'fastify'
import Type, { type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import Format from 'typebox/format'
import { Settings } from 'typebox/system'
import { wholenessOf } from '../schema/is-whole.ts'
import { lowerIdsOf } from '../schema/lower-ids.ts'
import { readWords } from '../schema/read-words.ts'

// Sorted by what is narrower they would be anew for every value that comes in; ours are written in their order.
Settings.Set({ unionPrioritySort: false })

// Years that a database keeps whatever the time zone, and moments that JavaScript knows: it has no leap seconds.
const YEARS = /^(19|2\d)\d\d-/
Format.Set('date', text => YEARS.test(text) && Format.IsDate(text))
Format.Set(
  'date-time',
  text => YEARS.test(text) && Format.IsDateTime(text) && !Number.isNaN(Date.parse(text)),
)

export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema)
  // Headers are whoever's; those of ours are only looked at.
  if (httpPart === 'headers')
    return value => (validator.Check(value) ? { value } : { error: validator.Errors(value) as never })
  const isWhole = wholenessOf(schema)
  const lowerIds = lowerIdsOf(schema)
  const prepare = (value: unknown): unknown => {
    // No body at all is an empty one: then it is the fields that are missing.
    if (httpPart === 'body') return value ?? {}
    return Type.IsObject(schema) && isRecord(value) ? readWords(schema, value) : value
  }
  return value => {
    const read = prepare(value)
    const prepared = lowerIds ? lowerIds(read) : read
    const isGood = validator.Check(prepared) && isWhole(prepared)
    const clean = isGood ? prepared : validator.Clean(validator.Default(prepared))
    // Fastify types errors as Ajv's; `describeErrors` reads them as what they are.
    if (!isGood && !validator.Check(clean)) return { error: validator.Errors(clean) as never }
    const nul = placeOfNul(clean)
    return nul === null ? { value: clean } : { error: [noText(nul)] as never }
  }
}

/** Where in a value the first NUL is, as a path; null: nowhere. */
function placeOfNul(value: unknown): string | null {
  if (typeof value === 'string') return value.includes('\0') ? '' : null
  if (typeof value !== 'object' || value === null) return null
  for (const [name, part] of Object.entries(value)) {
    if (name.includes('\0')) return ''
    const place = placeOfNul(part)
    if (place !== null) return `/${name}${place}`
  }
  return null
}

const noText = (instancePath: string) => ({
  keyword: 'text',
  instancePath,
  schemaPath: '',
  params: {},
  message: 'must not have a NUL character in it',
})

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

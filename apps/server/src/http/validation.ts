/**
 * Checks what comes in against a route's schemas. Bodies are taken as they are: a number in quotes is no number.
 * Query and path are text, so numbers and booleans are read from it first. What a schema does not name is dropped
 * before a route sees it.
 */
import type { FastifySchemaCompiler } from 'fastify'
import Type, { type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { readWords } from '../schema/read-words.ts'

// Sorted by what is narrower they would be anew for every value that comes in; ours are written in their order.
Settings.Set({ unionPrioritySort: false })

export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema)
  const prepare = (value: unknown): unknown => {
    // No body at all is an empty one: then it is the fields that are missing.
    if (httpPart === 'body') return value ?? {}
    return Type.IsObject(schema) && isRecord(value) ? readWords(schema, value) : value
  }
  return value => {
    const clean = validator.Clean(validator.Default(prepare(value)))
    if (validator.Check(clean)) return { value: clean }
    // Fastify types errors as Ajv's; `describeErrors` reads them as what they are.
    return { error: validator.Errors(clean) as never }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** Whether something on the wire is what a schema promises: nothing missing, nothing of another type, nothing more. */
import type { TSchema } from 'typebox'
import { Clean, Clone, Errors } from 'typebox/value'
import { expect } from 'vitest'

/** Fails unless the schema takes the value and names each of its fields. */
export function expectConform(schema: TSchema, value: unknown): void {
  expect([...Errors(schema, value)], JSON.stringify(value)).toEqual([])
  expect(value, 'a field that the schema does not name').toEqual(Clean(schema, Clone(value)))
}

/** The names of an object's fields, in order of the alphabet. */
export const fieldsOf = (value: unknown): string[] => Object.keys(value as object).sort()

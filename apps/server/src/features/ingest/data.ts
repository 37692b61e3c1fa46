/** Data of registered types against the schema they were registered with. */
import type { DataSchema } from '@pms/contract'
import Type, { type TObject } from 'typebox'
import { Errors } from 'typebox/value'
import { invalidInput, unprocessable } from '../../http/errors.ts'
import { describeErrors } from '../../schema/describe-errors.ts'

/** Texts without a limit of their own. */
const MAX_TEXT = 1_000

export function dataSchemaOf({ properties, required = [] }: DataSchema): TObject {
  const fields = Object.entries(properties).map(([name, field]) => {
    // Limits of text say nothing about other kinds of fields.
    const schema = Type.Unsafe({ ...field, maxLength: field.maxLength ?? MAX_TEXT })
    return [name, required.includes(name) ? schema : Type.Optional(schema)]
  })
  return Type.Object(Object.fromEntries(fields))
}

/** @throws 422 with each field that is wrong */
export function assertFits(schema: TObject, data: Record<string, unknown>): void {
  const unknown = Object.keys(data).find(name => !Object.hasOwn(schema.properties, name))
  if (unknown !== undefined)
    throw unprocessable(`data.${unknown}`, `data.${unknown} is no field of this type`)
  // Within an object of its own, so that fields go by the name under which they were sent.
  const errors = Errors(Type.Object({ data: schema }), { data })
  if (errors.length > 0) throw invalidInput(describeErrors(errors))
}

/** Data of registered types against the schema they were registered with. */
import type { DataSchema } from '@pms/contract'
import Type, { type TObject } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { invalidInput, unprocessable } from '../../http/errors.ts'
import { describeErrors } from '../../schema/describe-errors.ts'

/** Texts without a limit of their own. */
const MAX_TEXT = 1_000

function dataSchemaOf({ properties, required = [] }: DataSchema): TObject {
  const fields = Object.entries(properties).map(([name, field]) => {
    // Limits of text say nothing about other kinds of fields.
    const schema = Type.Unsafe({ ...field, maxLength: field.maxLength ?? MAX_TEXT })
    return [name, required.includes(name) ? schema : Type.Optional(schema)]
  })
  return Type.Object(Object.fromEntries(fields))
}

/** What a type's data is checked by. Made once for each schema: that takes longer than a whole call. */
export interface DataCheck {
  schema: TObject
  validator: Validator
}

const MAX_CHECKS = 200
const checks = new Map<string, DataCheck>()

/** @param text a schema as it is kept */
export function dataCheckOf(text: string): DataCheck {
  const known = checks.get(text)
  if (known) return known
  const schema = dataSchemaOf(JSON.parse(text))
  // Within an object of its own, so that fields go by the name under which they were sent.
  const check = { schema, validator: Compile(Type.Object({ data: schema })) }
  if (checks.size >= MAX_CHECKS) checks.clear()
  checks.set(text, check)
  return check
}

/** @throws 422 with each field that is wrong */
export function assertFits({ schema, validator }: DataCheck, data: Record<string, unknown>): void {
  const unknown = Object.keys(data).find(name => !Object.hasOwn(schema.properties, name))
  if (unknown !== undefined)
    throw unprocessable(`data.${unknown}`, `data.${unknown} is no field of this type`)
  if (!validator.Check({ data })) throw invalidInput(describeErrors(validator.Errors({ data })))
}

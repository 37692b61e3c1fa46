/**
 * Tells quickly of most values that filling in and cleaning by their schema would leave them as they are. Both walk
 * through the whole schema with every value; a call that says all it must and nothing else is spared that.
 */
import Type, { type TObject, type TSchema } from 'typebox'

/** Whether a value that fits its schema lacks nothing with a default and holds nothing without a name. */
type Test = (value: unknown) => boolean

const always: Test = () => true
const never: Test = () => false

/** What is not looked through here is never called whole, so it goes the long way. */
export function wholenessOf(schema: TSchema): Test {
  if (Type.IsObject(schema)) return ofObject(schema)
  if (Type.IsArray(schema)) return ofArray(schema.items)
  if (Type.IsRecord(schema)) return ofRecord(Type.RecordPattern(schema), Type.RecordValue(schema))
  if (Type.IsUnion(schema)) return schema.anyOf.every(isPlain) ? always : never
  return isPlain(schema) ? always : never
}

/** Of one piece: there is nothing in it to fill in or to drop. */
const isPlain = (schema: TSchema): boolean =>
  Type.IsString(schema) ||
  Type.IsNumber(schema) ||
  Type.IsInteger(schema) ||
  Type.IsBoolean(schema) ||
  Type.IsNull(schema) ||
  Type.IsLiteral(schema) ||
  Type.IsEnum(schema) ||
  Type.IsUnknown(schema)

function ofObject(schema: TObject): Test {
  if ('additionalProperties' in schema) return never
  const tests = new Map(
    Object.entries(schema.properties).map(([name, property]) => [name, wholenessOf(property)]),
  )
  const filledIn = Object.entries(schema.properties).flatMap(([name, property]) =>
    JSON.stringify(property).includes('"default":') ? name : [],
  )
  return value => {
    if (!isRecord(value)) return false
    for (const name of Object.keys(value)) if (!tests.get(name)?.(value[name])) return false
    for (const name of filledIn) if (value[name] === undefined) return false
    return true
  }
}

function ofArray(items: TSchema): Test {
  const test = wholenessOf(items)
  return test === always ? always : value => Array.isArray(value) && value.every(test)
}

function ofRecord(pattern: string, of: TSchema): Test {
  const names = new RegExp(pattern)
  const test = wholenessOf(of)
  return value => {
    if (!isRecord(value)) return false
    for (const name of Object.keys(value)) if (!names.test(name) || !test(value[name])) return false
    return true
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

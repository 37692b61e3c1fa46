/**
 * Reads words into the types a schema asks for. Environment variables and query strings come as text; nothing is
 * guessed, so that what does not read cleanly is left as it is for the schema to refuse.
 */
import type { TObject, TSchema } from 'typebox'

const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/
const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false, '1': true, '0': false }

/** The words again, those whose property is a number or a boolean as that. */
export function readWords(schema: TObject, words: Record<string, unknown>): Record<string, unknown> {
  const read: Record<string, unknown> = {}
  for (const [name, word] of Object.entries(words)) {
    const property = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined
    read[name] = property && typeof word === 'string' ? readWord(property, word) : word
  }
  return read
}

function readWord(schema: TSchema, word: string): unknown {
  switch ('type' in schema ? schema.type : undefined) {
    case 'integer':
    case 'number':
      return NUMBER.test(word) ? Number(word) : word
    case 'boolean':
      return BOOLEANS[word.toLowerCase()] ?? word
    default:
      return word
  }
}

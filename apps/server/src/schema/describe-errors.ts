/** What a schema has against a value, in words a person understands and under the name of the field. */
import type { TLocalizedValidationError } from 'typebox/error'

export interface FieldProblem {
  field: string
  message: string
}

/** One sentence a field, the first that a check of it came up with. */
export function describeErrors(errors: readonly TLocalizedValidationError[]): FieldProblem[] {
  const found = new Map<string, string>()
  for (const error of errors) {
    if (error.keyword === 'required') {
      for (const name of error.params.requiredProperties) {
        const field = join(error.instancePath, name)
        if (!found.has(field)) found.set(field, `${field} is required`)
      }
      continue
    }
    const field = join(error.instancePath)
    if (!found.has(field)) found.set(field, `${field} ${wordsFor(error)}`)
  }
  return [...found].map(([field, message]) => ({ field, message }))
}

/** `/a/0/b` as people write it: `a.0.b`. The value as a whole goes by the name of body. */
function join(path: string, name?: string): string {
  const parts = path.split('/').slice(1)
  if (name !== undefined) parts.push(name)
  return parts.join('.') || 'body'
}

const KINDS: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  string: 'text',
  array: 'a list',
  object: 'an object',
  null: 'null',
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'an id (a UUID)',
  date: 'a date like 2027-03-31',
  'date-time': 'a time like 2027-03-31T12:00:00Z',
}

function wordsFor(error: TLocalizedValidationError): string {
  switch (error.keyword) {
    case 'type': {
      const kinds = [error.params.type].flat()
      return `must be ${kinds.map(kind => KINDS[kind] ?? kind).join(' or ')}`
    }
    case 'format':
      return `must be ${FORMATS[error.params.format] ?? error.params.format}`
    case 'enum':
      return `must be one of ${error.params.allowedValues.join(', ')}`
    case 'minimum':
      return `must be at least ${error.params.limit}`
    case 'maximum':
      return `must be at most ${error.params.limit}`
    case 'minLength':
      return error.params.limit === 1
        ? 'must not be empty'
        : `must have at least ${error.params.limit} characters`
    case 'maxLength':
      return `must have at most ${error.params.limit} characters`
    case 'minItems':
      return `must have at least ${error.params.limit} entries`
    case 'maxItems':
      return `must have at most ${error.params.limit} entries`
    case 'minProperties':
      return 'must change something'
    case 'pattern':
      return error.params.pattern === '\\S' ? 'must not be blank' : 'has the wrong form'
    default:
      return error.message
  }
}

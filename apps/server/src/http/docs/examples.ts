/** Examples of what is sent and answered: for every schema one that fits it, made of values by the names of its fields. */
import { createHash } from 'node:crypto'
import type { Schema } from './document.ts'
import { EXAMPLE_VALUES } from './example-values.ts'

/** @param within the name of the schema or of the field that this is in */
export function exampleOf(schema: Schema, within = '', field = ''): unknown {
  const known = [`${within}.${field}`, field, `${field}?`].find(
    name => name in EXAMPLE_VALUES && takes(schema, EXAMPLE_VALUES[name]),
  )
  if (known !== undefined) return EXAMPLE_VALUES[known]
  if ('const' in schema) return schema.const
  if ('default' in schema) return schema.default
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (Array.isArray(schema.anyOf)) return exampleOf((schema.anyOf as Schema[])[0] ?? {}, within, field)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? entryOf(schema)).map(([name, part]) => [
          name,
          exampleOf(part, insideOf(within, field), name),
        ]),
      )
    case 'array':
      return [exampleOf((schema.items ?? {}) as Schema, within, field)]
    case 'string':
      return textOf(schema, within, field)
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return !/^is_read|^more$|^bus_/.test(field)
    default:
      return null
  }
}

/** What is in a list of goals is a goal. */
const insideOf = (within: string, field: string) =>
  field === 'items' ? within.replace(/Page$/, '') : field || within

/** A map is shown with one entry. */
function entryOf({ patternProperties = {} }: Schema): Record<string, Schema> {
  const [value] = Object.values(patternProperties as Record<string, Schema>)
  return value ? { goal_approved: value } : {}
}

const TEXTS: Readonly<Record<string, string>> = {
  date: '2027-03-31',
  'date-time': '2026-11-23T03:45:08.514Z',
}

function textOf({ format, minLength = 0 }: Schema, within: string, field: string): string {
  if (format === 'uuid') return idOf(field === 'id' ? within : field)
  return TEXTS[String(format)] ?? field.replaceAll('_', ' ').padEnd(Number(minLength), '.')
}

/** The same id wherever the same thing is meant. */
function idOf(of: string): string {
  const hash = createHash('sha256').update(of).digest('hex')
  return `01a20681-efa2-72c7-b229-${hash.slice(0, 12)}`
}

/** Whether a value is of this kind; whether it fits in all, the tests say. */
function takes(schema: Schema, value: unknown): boolean {
  if (Array.isArray(schema.anyOf)) return (schema.anyOf as Schema[]).some(part => takes(part, value))
  if ('const' in schema) return schema.const === value
  if (Array.isArray(schema.enum)) return schema.enum.includes(value)
  if (value === null) return schema.type === 'null'
  if (schema.format !== undefined && typeof value === 'string')
    return fitsFormat(String(schema.format), value)
  if (schema.type === 'integer') return Number.isInteger(value)
  if (schema.type === 'object' || schema.type === undefined) return typeof value === 'object'
  return schema.type === typeof value
}

function fitsFormat(format: string, value: string): boolean {
  if (format === 'date') return /^\d{4}-\d\d-\d\d$/.test(value)
  return format === 'uuid' ? /^[0-9a-f-]{36}$/.test(value) : !Number.isNaN(Date.parse(value))
}

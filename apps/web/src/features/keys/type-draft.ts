/** A type of notification while it is being written: its texts, and the data that they are made from. Pure. */
import type { CreateTypeBody, DataField, NotificationType } from '@pms/contract'

export interface TypeDraft {
  type: string
  priority: NotificationType['priority']
  title: string
  message: string
  action_url: string
  /** What is known of fields, by name; those that a text names are part of the data whether known or not. */
  fields: Record<string, DataField>
  /** Of the fields that no text names, those that must be given all the same. */
  required: readonly string[]
}

export const emptyType: TypeDraft = {
  type: '',
  priority: 'medium',
  title: '',
  message: '',
  action_url: '',
  fields: {},
  required: [],
}

export const draftOf = ({ data_schema, action_url, ...type }: NotificationType): TypeDraft => ({
  type: type.type,
  priority: type.priority,
  title: type.title,
  message: type.message,
  action_url: action_url ?? '',
  fields: data_schema.properties,
  required: data_schema.required ?? [],
})

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/g

/** The fields that the texts stand on, each once. */
function fieldsIn({ title, message, action_url }: TypeDraft): string[] {
  const names = [...`${title} ${message} ${action_url}`.matchAll(PLACEHOLDER)].map(([, name = '']) => name)
  return [...new Set(names)]
}

/** All that belongs to the data: what the texts name first, then what else is kept. */
export function allFields(draft: TypeDraft): { name: string; field: DataField; inTexts: boolean }[] {
  const named = fieldsIn(draft)
  const field = (name: string) => draft.fields[name] ?? { type: 'string' as const }
  return [
    ...named.map(name => ({ name, field: field(name), inTexts: true })),
    ...Object.keys(draft.fields)
      .filter(name => !named.includes(name))
      .map(name => ({ name, field: field(name), inTexts: false })),
  ]
}

/** A field of the data as the form offers it. */
export const KINDS = {
  text: { label: 'Text', field: { type: 'string' } },
  integer: { label: 'Whole number', field: { type: 'integer' } },
  number: { label: 'Number', field: { type: 'number' } },
  boolean: { label: 'Yes or no', field: { type: 'boolean' } },
  date: { label: 'Day', field: { type: 'string', format: 'date' } },
  'date-time': { label: 'Time', field: { type: 'string', format: 'date-time' } },
  uuid: { label: 'Id', field: { type: 'string', format: 'uuid' } },
} as const satisfies Record<string, { label: string; field: DataField }>
export type Kind = keyof typeof KINDS

export const kindOf = ({ type, format }: DataField): Kind => format ?? (type === 'string' ? 'text' : type)

/** As the server takes it; the name is said apart when a type is replaced. */
export function bodyOf(draft: TypeDraft): CreateTypeBody {
  const fields = allFields(draft)
  return {
    type: draft.type.trim(),
    priority: draft.priority,
    title: draft.title.trim(),
    message: draft.message.trim(),
    action_url: draft.action_url.trim() || null,
    data_schema: {
      type: 'object',
      properties: Object.fromEntries(fields.map(({ name, field }) => [name, field])),
      required: fields
        .filter(({ name, inTexts }) => inTexts || draft.required.includes(name))
        .map(({ name }) => name),
    },
  }
}

const NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/
const MOST_FIELDS = 20
const LONGEST_FIELD = 40

/** What is missing or cannot be, by field; the server checks everything again. */
export function problemsOf(draft: TypeDraft): Record<string, string> {
  const problems: Record<string, string> = {}
  const { title, message, action_url } = draft
  if (!NAME.test(draft.type.trim())) problems.type = 'Please write a name like payslip_ready.'
  if (!title.trim()) problems.title = 'Please write a title.'
  if (!message.trim()) problems.message = 'Please write what people read.'
  if (action_url.trim() && !/^\/(?!\/)/.test(action_url.trim()))
    problems.action_url = 'Please write a path on this site, such as /payslips/{id}.'
  for (const [field, text] of Object.entries({ title, message, action_url }))
    if (/[{}]/.test(text.replace(PLACEHOLDER, '')))
      problems[field] = 'A brace is part of no {placeholder}: small letters, digits and _ between two braces.'
  const names = fieldsIn(draft)
  if (names.length > MOST_FIELDS) problems.message = `The texts name more than ${MOST_FIELDS} fields.`
  const long = names.find(name => name.length > LONGEST_FIELD)
  if (long) problems.message = `{${long}} is longer than ${LONGEST_FIELD} letters.`
  return problems
}

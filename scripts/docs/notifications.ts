/** docs/notifications.md as it follows from the definitions: who is told what, when. Renders; writes nothing. */
import type { NotificationDefinition } from '../../packages/notifier/src/define.ts'

/** The texts do not care what stands in them, so a name can. */
const PLACEHOLDERS = new Proxy<Record<string, string>>({}, { get: (_, name) => `{${inWords(String(name))}}` })
const INPUT = { actor: '{actor}', data: PLACEHOLDERS, words: PLACEHOLDERS }

const HEAD = ['type', 'raised when', 'who is told', 'priority', 'title', 'message', 'opens', 'data']

/** @throws when a definition does not say what raises it, and whom it tells */
export function notificationsPage(definitions: readonly NotificationDefinition[]): string {
  const types = new Set(definitions.map(({ type }) => type))
  const rows = mergePriorities(definitions.map(toRow))
  return `# Who is told what

All ${types.size} types of notifications. This page is made from their definitions by \`npm run docs\`: change those, not this.

- In braces stands what each is filled with: \`{actor}\` is who did it. Whoever did it is never told of it.
- A type with several rows has several texts. The type is what clients filter and count by.
- A ● after the priority: its reader is asked for something. It stays open until that is done, and is settled in every inbox
  then, whoever did it.
- *opens* is \`action_url\`, the page on which the thing can be seen or done. *data* is what a program gets besides.

${[HEAD, HEAD.map(() => '---'), ...rows].map(toLine).join('\n')}
`
}

const PRIORITY = HEAD.indexOf('priority')

function toRow(definition: NotificationDefinition): string[] {
  const { type, about, priority, needsAction, data } = definition
  if (!about) throw new Error(`${type} does not say what raises it, and whom it tells`)
  const url = definition.actionUrl(INPUT)
  return [
    code(type),
    about.raisedBy,
    about.recipients,
    needsAction ? `${priority} ●` : priority,
    definition.title(INPUT),
    definition.message(INPUT),
    url === null ? '' : code(url),
    Object.keys(data.properties).map(code).join(', '),
  ]
}

/** What differs in nothing but the priority is one row: whoever raises it chooses. */
function mergePriorities(rows: readonly string[][]): string[][] {
  const alike = Map.groupBy(rows, row => JSON.stringify(row.toSpliced(PRIORITY, 1)))
  return [...alike.values()].map(([first = [], ...others]) =>
    first.with(PRIORITY, [first, ...others].map(row => row[PRIORITY]).join(' / ')),
  )
}

const code = (text: string) => `\`${text}\``

/** `firstName`: first name. */
const inWords = (name: string) => name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)

const toLine = (cells: readonly string[]) =>
  `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`

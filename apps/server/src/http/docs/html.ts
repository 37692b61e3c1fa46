/** Writes HTML: whatever is put into a template is text, unless it was written by one. */

export interface Html {
  readonly text: string
}

type Value = string | number | Html | undefined | readonly (Html | undefined)[]

export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return { text: String.raw({ raw: parts.raw }, ...values.map(write)) }
}

function write(value: Value): string {
  if (value === undefined) return ''
  if (typeof value !== 'object') return escapeText(String(value))
  return 'text' in value ? value.text : value.map(write).join('')
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeText = (text: string) => text.replaceAll(/[&<>"']/g, sign => ESCAPES[sign] ?? sign)

/** A sentence, in which words in backticks are code. */
export function prose(text: string): Html {
  return { text: escapeText(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>') }
}

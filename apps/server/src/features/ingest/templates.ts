/**
 * Texts of registered types. `{name}` stands for a field of the data and nothing else can be said in one: whoever
 * writes a template decides what is read, never what is run.
 */

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/g

/** The fields that a template stands on. */
export function fieldsIn(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name)
}

/** A brace that is part of no placeholder is a placeholder gone wrong. */
export function hasStrayBrace(template: string): boolean {
  return /[{}]/.test(template.replace(PLACEHOLDER, ''))
}

/** The template with its fields said. What a value says is text, even where it looks like a placeholder. */
export function fill(
  template: string,
  data: Readonly<Record<string, unknown>>,
  say: (value: string) => string = inOneLine,
): string {
  return template.replace(PLACEHOLDER, (_, name: string) => say(String(data[name])))
}

/** Control characters have no place in a sentence. */
function inOneLine(value: string): string {
  return value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

/** No browser reads anything else into these signs. */
const PLAIN_PATH = /^(?:\/[\w-]+)+$/

/** Whether a browser that follows it stays on this site. Browsers read backslashes as slashes and skip line breaks. */
export function isSitePath(path: string): boolean {
  if (PLAIN_PATH.test(path)) return true
  if (!/^\/(?!\/)[^\\\s\p{Cc}]*$/u.test(path)) return false
  const url = URL.parse(path, 'http://site.invalid')
  return url !== null && url.host === 'site.invalid' && !url.pathname.startsWith('//')
}

/** Words put together. */

/** "a, b and c" */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? ''
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** "1 file", "3 files" */
export const counted = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`

/** "812 B", "24 KB", "3.4 MB" */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const kilo = bytes / 1024
  if (kilo < 1024) return `${Math.ceil(kilo)} KB`
  const mega = kilo / 1024
  return `${mega < 10 ? Number(mega.toFixed(1)) : Math.round(mega)} MB`
}

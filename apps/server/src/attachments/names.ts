/** Names of files, which come from anywhere: kept to be read by people, never used as paths. */

const MAX_NAME = 120

/** What is sent may be much longer, and made so that looking at all of it takes seconds. Its end says what it is. */
const LOOKED_AT = 1_000

/** Signs that show nothing, or that turn the direction of what follows them: `invoice<turn>fdp.exe` reads as a PDF. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** The last part of a path as its uploader may have meant it, in one line, its ending kept. */
export function cleanName(sent: string): string {
  const last = sent.slice(-LOOKED_AT).toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const name = last
    .replace(UNSEEN, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const [ending = ''] = /\.[^.]{1,10}$/.exec(name) ?? []
  const stem = [...name.slice(0, name.length - ending.length)]
  return stem.slice(0, MAX_NAME - ending.length).join('') + ending
}

/** Saved under this name and never shown in the page: a header after RFC 6266, whatever signs the name has. */
export function contentDisposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

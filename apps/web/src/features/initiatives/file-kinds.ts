/** Kinds of files that can be uploaded, by the endings of their names. */
import type { AttachmentEnding, MAX_ATTACHMENTS } from '@pms/contract'
import { fileSize } from '../../ui/words.ts'

/** The contract's number, repeated as a value because only types may be imported from a module full of schemas. */
export const MAX_FILES: typeof MAX_ATTACHMENTS = 10

type Kind = 'document' | 'sheet' | 'slides' | 'image' | 'archive'

const KINDS: Record<AttachmentEnding, Kind> = {
  pdf: 'document',
  docx: 'document',
  xlsx: 'sheet',
  pptx: 'slides',
  doc: 'document',
  xls: 'sheet',
  ppt: 'slides',
  odt: 'document',
  ods: 'sheet',
  odp: 'slides',
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  webp: 'image',
  gif: 'image',
  txt: 'document',
  csv: 'sheet',
  zip: 'archive',
}

/** For the `accept` of a file input. */
export const ACCEPTED = Object.keys(KINDS)
  .map(ending => `.${ending}`)
  .join(',')

export const kindOf = (name: string): Kind | undefined =>
  KINDS[name.split('.').at(-1)?.toLowerCase() as AttachmentEnding]

/** What is told before anybody chooses a file. */
export const limitsInWords = (maxBytes: number | undefined) =>
  `Up to ${MAX_FILES} files${maxBytes ? `, ${fileSize(maxBytes)} each` : ''}: PDF, Office and OpenDocument, images, text, CSV, ZIP.`

/** Why a file cannot be taken, as far as that can be told before it is sent. */
export function refusalOf(
  { name, size }: { name: string; size: number },
  maxBytes = Infinity,
): string | null {
  if (!kindOf(name)) return 'This kind of file is not taken.'
  if (size === 0) return 'This file is empty.'
  return size > maxBytes ? `Larger than ${fileSize(maxBytes)}.` : null
}

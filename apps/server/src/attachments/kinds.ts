/**
 * Which files are taken. The name says what a file is to be and its first bytes whether it is: so nothing is kept
 * under a name that promises something else, and no type that a browser was told of by whoever sent it is believed.
 */
import { ATTACHMENT_ENDINGS, type AttachmentEnding } from '@pms/contract'

interface Kind {
  mediaType: string
  startsRight(head: Buffer): boolean
}

/** How much of the beginning of a file is looked at. */
export const HEAD_BYTES = 4_096

const begins =
  (...starts: (string | readonly number[])[]) =>
  (head: Buffer) =>
    starts.some(start => {
      const bytes = typeof start === 'string' ? Buffer.from(start, 'latin1') : Buffer.from(start)
      return head.subarray(0, bytes.length).equals(bytes)
    })

const isZip = begins('PK\x03\x04')
const isOldOffice = begins([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
const isJpeg = begins([0xff, 0xd8, 0xff])
const isWebp = (head: Buffer) => begins('RIFF')(head) && head.toString('latin1', 8, 12) === 'WEBP'

/** Text has no zero bytes, unless it is UTF-16, which says so at its beginning. */
const isText = (head: Buffer) => !head.includes(0) || begins([0xff, 0xfe], [0xfe, 0xff])(head)

const office = (name: string) => `application/vnd.openxmlformats-officedocument.${name}`
const openDocument = (name: string) => `application/vnd.oasis.opendocument.${name}`

const KINDS: Readonly<Record<AttachmentEnding, Kind>> = {
  pdf: { mediaType: 'application/pdf', startsRight: begins('%PDF-') },
  docx: { mediaType: office('wordprocessingml.document'), startsRight: isZip },
  xlsx: { mediaType: office('spreadsheetml.sheet'), startsRight: isZip },
  pptx: { mediaType: office('presentationml.presentation'), startsRight: isZip },
  doc: { mediaType: 'application/msword', startsRight: isOldOffice },
  xls: { mediaType: 'application/vnd.ms-excel', startsRight: isOldOffice },
  ppt: { mediaType: 'application/vnd.ms-powerpoint', startsRight: isOldOffice },
  odt: { mediaType: openDocument('text'), startsRight: isZip },
  ods: { mediaType: openDocument('spreadsheet'), startsRight: isZip },
  odp: { mediaType: openDocument('presentation'), startsRight: isZip },
  png: { mediaType: 'image/png', startsRight: begins([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  jpg: { mediaType: 'image/jpeg', startsRight: isJpeg },
  jpeg: { mediaType: 'image/jpeg', startsRight: isJpeg },
  webp: { mediaType: 'image/webp', startsRight: isWebp },
  gif: { mediaType: 'image/gif', startsRight: begins('GIF87a', 'GIF89a') },
  txt: { mediaType: 'text/plain', startsRight: isText },
  csv: { mediaType: 'text/csv', startsRight: isText },
  zip: { mediaType: 'application/zip', startsRight: isZip },
}

/** What a file of this name is to be; undefined when such files are not taken. */
export function kindOf(name: string): (Kind & { ending: AttachmentEnding }) | undefined {
  const [, last] = /\.([^.]+)$/.exec(name.toLowerCase()) ?? []
  const ending = ATTACHMENT_ENDINGS.find(known => known === last)
  return ending && { ...KINDS[ending], ending }
}

/** Files that belong to something, such as the report of a piece of work. */
import { Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { Id, PersonRef } from './common.ts'

/** How many files one thing may have. */
export const MAX_ATTACHMENTS = 10

/** Endings of the names of files that are taken. What a file holds must be what its name says. */
export const ATTACHMENT_ENDINGS = [
  'pdf',
  'docx',
  'xlsx',
  'pptx',
  'doc',
  'xls',
  'ppt',
  'odt',
  'ods',
  'odp',
  'png',
  'jpg',
  'jpeg',
  'webp',
  'gif',
  'txt',
  'csv',
  'zip',
] as const
export type AttachmentEnding = (typeof ATTACHMENT_ENDINGS)[number]

/** `POST /api/attachments`, a form with one file. What it holds is at `GET /api/attachments/{id}/content`. */
export const Attachment = Type.Object({
  id: Id,
  name: Type.String({ description: 'As its uploader called it, without what no name needs' }),
  media_type: Type.String(),
  size: Type.Integer({ minimum: 1, description: 'Bytes' }),
  created_at: Timestamp,
  uploaded_by: PersonRef,
})
export type Attachment = Static<typeof Attachment>

/** In the body of whatever takes files: those that the caller has uploaded, and that belong to nothing yet. */
export const AttachmentIds = Type.Array(Id, { maxItems: MAX_ATTACHMENTS, uniqueItems: true })

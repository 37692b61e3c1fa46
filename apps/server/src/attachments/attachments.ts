/**
 * Files that people upload for something they are about to write. One belongs to nobody but its uploader until it is
 * claimed, in the transaction that writes the thing; from then on whoever sees the thing sees it.
 */
import { type Attachment, MAX_ATTACHMENTS } from '@pms/contract'
import type { ObjectRef } from '@pms/notifier'
import { newId } from '@pms/notifier/database'
import type { Kysely } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import type { Caller } from '../auth/caller.ts'
import type { AppDatabase, Tables, Tx } from '../database.ts'
import { conflict, notFound, unprocessable } from '../http/errors.ts'
import type { Files, Received } from './files.ts'
import { kindOf } from './kinds.ts'

/** How many files one person may have that belong to nothing. */
const MAX_UNCLAIMED = 2 * MAX_ATTACHMENTS

/** Whether this caller sees an object, for each type of object that has files. Handed in by app.ts. */
export type ObjectSight = Readonly<
  Record<string, (db: Kysely<Tables>, caller: Caller, objectId: string) => Promise<boolean>>
>

/** The files of an object, in the order in which they were uploaded. */
export async function attachmentsOf(
  db: Kysely<Tables>,
  objectType: string,
  objectId: string,
): Promise<Attachment[]> {
  const rows = await withUploader(db)
    .where('object_type', '=', objectType)
    .where('object_id', '=', objectId)
    .orderBy('attachments.id')
    .execute()
  return rows.map(toAttachment)
}

/**
 * Makes uploaded files part of an object, for good.
 * @throws 422 `attachment_ids` unless the caller uploaded each and none belongs to anything
 */
export async function claimAttachments(
  tx: Tx,
  caller: Caller,
  ids: readonly string[],
  object: ObjectRef,
): Promise<void> {
  if (ids.length === 0) return
  const { count } = await tx.db
    .selectFrom('attachments')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('object_type', '=', object.type)
    .where('object_id', '=', object.id)
    .executeTakeFirstOrThrow()
  if (Number(count) + ids.length > MAX_ATTACHMENTS)
    throw unprocessable(
      'attachment_ids',
      `attachment_ids must leave it with at most ${MAX_ATTACHMENTS} files`,
    )
  const { numUpdatedRows } = await tx.db
    .updateTable('attachments')
    .set({ object_type: object.type, object_id: object.id })
    .where('id', 'in', ids)
    .where('uploaded_by_id', '=', caller.id)
    .where('object_id', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== BigInt(new Set(ids).size))
    throw unprocessable('attachment_ids', 'attachment_ids must be files that you uploaded for this alone')
}

/** @throws 409 when the caller has uploaded enough that belongs to nothing */
async function assertRoom(tx: Tx, caller: Caller): Promise<void> {
  // One upload of a person after the other: of many at once each would count too few.
  await tx.capabilities.lockRows(tx.db.selectFrom('users').select('id').where('id', '=', caller.id)).execute()
  const { count } = await tx.db
    .selectFrom('attachments')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('uploaded_by_id', '=', caller.id)
    .where('object_id', 'is', null)
    .executeTakeFirstOrThrow()
  if (Number(count) >= MAX_UNCLAIMED)
    throw conflict(`You have uploaded ${count} files that belong to nothing yet. Use or delete some first`, {
      code: 'too_many_unclaimed',
    })
}

/** Keeps what came in under a clean name. @throws 422 when it is empty or not what its name says */
export async function keepUpload(
  database: AppDatabase,
  caller: Caller,
  name: string,
  received: Received,
): Promise<Attachment> {
  const kind = kindOf(name)
  if (received.size === 0) throw unprocessable('file', 'file must not be empty')
  if (!kind?.startsRight(received.head))
    throw unprocessable(
      'file',
      `file is called ${name}, and what it holds is something else`,
      'wrong_content',
    )
  const id = newId()
  // The file first: one without a row is found and removed, a row without a file would be a promise not kept.
  await received.keep(id)
  return database.transaction(async tx => {
    await assertRoom(tx, caller)
    const row = { id, name, media_type: kind.mediaType, size: received.size, created_at: tx.now }
    await tx.db
      .insertInto('attachments')
      .values({ ...row, uploaded_by_id: caller.id, object_type: null, object_id: null })
      .execute()
    await recordAudit(tx, {
      actor: caller,
      action: 'attachment.uploaded',
      object: { type: 'attachment', id },
      detail: { name, size: received.size },
    })
    return { ...row, uploaded_by: { id: caller.id, name: caller.name } }
  })
}

/** The file if this caller may have it: its uploader while it belongs to nothing, then whoever sees the object. */
export async function findAttachment(
  db: Kysely<Tables>,
  sight: ObjectSight,
  caller: Caller,
  id: string,
): Promise<Attachment> {
  const row = await withUploader(db).where('attachments.id', '=', id).executeTakeFirst()
  const isSeen =
    row &&
    (row.object_type === null || row.object_id === null
      ? row.uploaded_by_id === caller.id
      : await sight[row.object_type]?.(db, caller, row.object_id))
  if (!isSeen) throw notFound('file')
  return toAttachment(row)
}

/** Takes an upload back. @throws 404 unless it is the caller's to see; 409 when it belongs to something */
export function removeUpload(
  database: AppDatabase,
  files: Files,
  sight: ObjectSight,
  caller: Caller,
  id: string,
): Promise<void> {
  return database.transaction(async tx => {
    await findAttachment(tx.db, sight, caller, id)
    const { numDeletedRows } = await tx.db
      .deleteFrom('attachments')
      .where('id', '=', id)
      .where('object_id', 'is', null)
      .executeTakeFirstOrThrow()
    if (numDeletedRows !== 1n)
      throw conflict('This file belongs to something already and stays with it', { currentStatus: 'claimed' })
    await recordAudit(tx, { actor: caller, action: 'attachment.removed', object: { type: 'attachment', id } })
    // What cannot be removed now is found later: it has no row.
    tx.afterCommit(() => void files.remove(id).catch(() => {}))
  })
}

function withUploader(db: Kysely<Tables>) {
  return db
    .selectFrom('attachments')
    .innerJoin('users', 'users.id', 'attachments.uploaded_by_id')
    .selectAll('attachments')
    .select('users.name as uploader_name')
}

type Row = Awaited<ReturnType<ReturnType<typeof withUploader>['execute']>>[number]

function toAttachment(row: Row): Attachment {
  return {
    id: row.id,
    name: row.name,
    media_type: row.media_type,
    size: row.size,
    created_at: row.created_at,
    uploaded_by: { id: row.uploaded_by_id, name: row.uploader_name },
  }
}

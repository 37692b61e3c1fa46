/** `/api/attachments` */
import type { ReadStream } from 'node:fs'
import multipart from '@fastify/multipart'
import { Attachment, Id } from '@pms/contract'
import { Message } from '@pms/protocol'
import Type from 'typebox'
import { callerOf } from '../auth/caller.ts'
import type { AppDatabase } from '../database.ts'
import { handleError } from '../http/error-handler.ts'
import type { Http } from '../http/server.ts'
import { validatorCompiler } from '../http/validation.ts'
import { IdempotencyHeaders, type Once } from '../idempotency/idempotency.ts'
import { findAttachment, keepUpload, type ObjectSight, removeUpload } from './attachments.ts'
import type { Files } from './files.ts'
import { contentDisposition } from './names.ts'
import { notAForm, readUpload } from './upload.ts'

const tags = ['attachments']
const Params = Type.Object({ id: Id })
/** Sent as it is read. */
const Content = Type.Unsafe<ReadStream>(
  Type.String({ contentMediaType: 'application/octet-stream', description: 'The file' }),
)

export interface AttachmentRoutesOptions {
  database: AppDatabase
  once: Once
  files: Files
  maxBytes: number
  sight: ObjectSight
}

export function attachmentRoutes(
  api: Http,
  { database, once, files, maxBytes, sight }: AttachmentRoutesOptions,
): void {
  // In a scope of its own: nowhere else is a form understood.
  api.register(async forms => {
    await forms.register(multipart)
    forms.setErrorHandler((error, request, reply) =>
      handleError(isWrongType(error) ? notAForm() : error, request, reply),
    )
    forms.post(
      '/api/attachments',
      {
        config: { refuses: ['too_many_unclaimed', 'wrong_content'] },
        schema: {
          tags,
          summary: 'Upload a file, to be named in what it belongs to',
          consumes: ['multipart/form-data'],
          headers: IdempotencyHeaders,
          body: Type.Object({
            file: Type.String({
              format: 'binary',
              contentMediaType: 'application/octet-stream',
              description: 'One file; its name says of what kind it is, and what it holds must be that',
            }),
          }),
          response: { 201: Attachment },
        },
        // The form is checked while it is read.
        validatorCompiler: part => (part.httpPart === 'body' ? () => true : validatorCompiler(part)),
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const { name, received } = await readUpload(request, files, maxBytes)
        let isNew = false
        try {
          const attachment = await once(request, reply, {
            fingerprint: () => `${received.digest} ${name}`,
            work() {
              isNew = true
              reply.code(201)
              return keepUpload(database, caller, name, received)
            },
          })
          if (!isNew) await received.discard()
          return attachment
        } catch (error) {
          await received.discard()
          throw error
        }
      },
    )
  })

  api.get(
    '/api/attachments/:id/content',
    {
      schema: {
        tags,
        summary: 'What a file holds, to be saved',
        params: Params,
        produces: ['*/*'],
        response: { 200: Content },
      },
    },
    async (request, reply) => {
      const { id, name, media_type, size } = await database.snapshot(db =>
        findAttachment(db, sight, callerOf(request), request.params.id),
      )
      const handle = await files.open(id)
      // Somebody wrote this file: whatever it holds, no browser is to take it for a page of ours.
      return reply
        .headers({
          'content-type': media_type.startsWith('text/') ? `${media_type}; charset=utf-8` : media_type,
          'content-length': size,
          'content-disposition': contentDisposition(name),
          'content-security-policy': "default-src 'none'; sandbox",
          'x-content-type-options': 'nosniff',
        })
        .send(handle.createReadStream())
    },
  )

  api.delete(
    '/api/attachments/:id',
    {
      config: { refuses: ['wrong_state'] },
      schema: {
        tags,
        summary: 'Take back an upload that belongs to nothing yet',
        params: Params,
        response: { 200: Message },
      },
    },
    async request => {
      await removeUpload(database, files, sight, callerOf(request), request.params.id)
      return { message: 'File deleted' }
    },
  )
}

function isWrongType(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE'
}

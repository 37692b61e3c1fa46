/** Reading a form that carries one file, and refusing whatever else may come instead. */
import { ATTACHMENT_ENDINGS } from '@pms/contract'
import type { FastifyRequest } from 'fastify'
import { badRequest, ProblemError, unprocessable } from '../http/errors.ts'
import type { Files, Received } from './files.ts'
import { kindOf } from './kinds.ts'
import { cleanName } from './names.ts'

/** Room for what a form says around its file. */
const FORM_BYTES = 64 * 1024

export interface Upload {
  name: string
  received: Received
}

export const notAForm = () =>
  new ProblemError(
    415,
    'unsupported_media_type',
    'The body must be a form: multipart/form-data with one file',
  )

/** Takes the one file of a form. What is refused is not kept, and read to its end so that the answer arrives. */
export async function readUpload(request: FastifyRequest, files: Files, maxBytes: number): Promise<Upload> {
  let upload: Upload | undefined
  try {
    if (!request.isMultipart()) throw notAForm()
    // Who says beforehand that it is too much need not send it.
    if (Number(request.headers['content-length'] ?? 0) > maxBytes + FORM_BYTES) throw tooLarge(maxBytes)
    const limits = { fileSize: maxBytes, files: 1, fields: 10, fieldSize: 1_024, parts: 11, headerPairs: 20 }
    for await (const part of request.parts({ limits, throwFileSizeLimit: false } as { limits: object })) {
      if (part.type !== 'file') continue
      const name = cleanName(part.filename ?? '')
      if (!kindOf(name)) throw wrongKind()
      upload = { name, received: await files.receive(part.file) }
      if (part.file.truncated) throw tooLarge(maxBytes)
    }
  } catch (error) {
    await upload?.received.discard()
    request.raw.unpipe()
    request.raw.resume()
    throw problemOf(error)
  }
  if (!upload) throw unprocessable('file', 'file is required')
  return upload
}

function problemOf(error: unknown): unknown {
  if (error instanceof ProblemError || !(error instanceof Error)) return error
  if ('code' in error && String(error.code).endsWith('_LIMIT'))
    return unprocessable('file', 'file must be one: send each in a call of its own')
  // A full disk is ours to mend; all else is about what was sent, or that it broke off.
  return 'syscall' in error ? error : badRequest('The form is not well formed, or did not arrive whole')
}

function tooLarge(maxBytes: number): ProblemError {
  const limit = `${Math.floor(maxBytes / 1_048_576)} MB`
  return new ProblemError(413, 'too_large', `The file is too large: at most ${limit} are taken`)
}

function wrongKind(): ProblemError {
  return new ProblemError(
    415,
    'unsupported_media_type',
    `Files of this type are not taken. These are: ${ATTACHMENT_ENDINGS.join(', ')}`,
  )
}

/**
 * What attachments hold, in a folder of the data directory, each under its id. A file appears whole and on disk, or
 * not at all: it is written under another name first.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { HEAD_BYTES } from './kinds.ts'

/** Something that came in and is not kept yet. */
export interface Received {
  size: number
  /** Its first bytes. */
  head: Buffer
  /** SHA-256 of all of it. */
  digest: string
  /** Keeps it under this id. */
  keep(id: string): Promise<void>
  /** Leaves nothing of it, kept or not. */
  discard(): Promise<void>
}

export type Files = ReturnType<typeof attachmentFiles>

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @param folder made when absent */
export function attachmentFiles(folder: string) {
  const pathOf = (id: string) => {
    if (!ID.test(id)) throw new Error('A file is kept under an id, and nothing else')
    return join(folder, id)
  }

  return {
    /** Takes a stream to its end. When it breaks off nothing is left of it. */
    async receive(source: Readable): Promise<Received> {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      let path = join(folder, `${randomUUID()}.part`)
      const discard = () => rm(path, { force: true })
      const hash = createHash('sha256')
      let size = 0
      let head = Buffer.alloc(0)
      async function* watch(chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          size += chunk.length
          hash.update(chunk)
          if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES)
          yield chunk
        }
      }
      try {
        await pipeline(source, watch, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }))
      } catch (error) {
        await discard()
        throw error
      }
      return {
        size,
        head,
        digest: hash.digest('base64url'),
        discard,
        async keep(id) {
          await rename(path, pathOf(id))
          path = pathOf(id)
          await syncFolder(folder)
        },
      }
    },

    open: (id: string): Promise<FileHandle> => open(pathOf(id), 'r'),

    remove: (id: string): Promise<void> => rm(pathOf(id), { force: true }),

    /** Names of what lies here since before this moment, whatever it is. */
    async olderThan(moment: number): Promise<string[]> {
      const names = await readdir(folder).catch(ifAbsent([]))
      const old: string[] = []
      for (const name of names) {
        const found = await stat(join(folder, name)).catch(ifAbsent(null))
        if (found?.isFile() && found.mtimeMs < moment) old.push(name)
      }
      return old
    },

    /** Removes one of the names that `olderThan` answered. */
    removeNamed: (name: string): Promise<void> => rm(join(folder, name), { force: true }),
  }
}

/** So that after a crash the new name is there too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function ifAbsent<T>(instead: T): (error: unknown) => T {
  return error => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return instead
    throw error
  }
}

/** Files on their way to the server: how far each is, and what was refused. What has arrived is the caller's. */
import type { Attachment } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { remove } from '../../api/client.ts'
import { infoQuery } from '../../api/info.ts'
import { sentenceOf } from '../../api/problem.ts'
import { upload } from '../../api/upload.ts'
import { randomKey } from '../../ui/random-key.ts'
import { MAX_FILES, refusalOf } from './file-kinds.ts'

export interface Upload {
  key: string
  name: string
  size: number
  /** From 0 to 1. */
  share: number
  refusal: string | null
}

interface Options {
  files: readonly Attachment[]
  /** Files that are there already and stay. */
  kept: number
  onChange: (files: Attachment[]) => void
}

export function useUploads({ files, kept, onChange }: Options) {
  const maxBytes = useQuery(infoQuery).data?.attachment_max_bytes
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const [leaving] = useState(() => new Map<string, AbortController>())
  /** What has arrived, also while several arrive between two renderings. */
  const arrived = useRef(files)
  arrived.current = files
  useEffect(
    () => () => {
      for (const controller of leaving.values()) controller.abort()
    },
    [leaving],
  )

  const change = (key: string, changes: Partial<Upload>) =>
    setUploads(all => all.map(one => (one.key === key ? { ...one, ...changes } : one)))
  const forget = (key: string) => {
    leaving.get(key)?.abort()
    leaving.delete(key)
    setUploads(all => all.filter(one => one.key !== key))
  }

  async function send(key: string, file: File) {
    const controller = new AbortController()
    leaving.set(key, controller)
    try {
      const attachment = await upload<Attachment>('/api/attachments', file, {
        signal: controller.signal,
        onProgress: share => change(key, { share }),
      })
      arrived.current = [...arrived.current, attachment]
      onChange([...arrived.current])
      forget(key)
    } catch (error) {
      if (!controller.signal.aborted) change(key, { refusal: sentenceOf(error) })
    }
  }

  function add(chosen: readonly File[]) {
    const underWay = uploads.filter(one => one.refusal === null).length
    let room = MAX_FILES - kept - files.length - underWay
    const begun: { file: File; one: Upload }[] = chosen.map(file => {
      const refusal = refusalOf(file, maxBytes) ?? (room > 0 ? null : `Only ${MAX_FILES} files are taken.`)
      if (refusal === null) room -= 1
      const key = randomKey()
      return { file, one: { key, name: file.name, size: file.size, share: 0, refusal } }
    })
    setUploads(all => [...all.filter(one => one.refusal === null), ...begun.map(({ one }) => one)])
    for (const { file, one } of begun) if (one.refusal === null) void send(one.key, file)
  }

  return {
    uploads,
    maxBytes,
    isBusy: uploads.some(one => one.refusal === null),
    add,
    /** Stops one that is on its way, or takes a refusal out of sight. */
    forget,
    /** Takes back one that has arrived. What the server keeps by mistake it removes by itself after a while. */
    takeBack(id: string) {
      onChange(files.filter(file => file.id !== id))
      void remove(`/api/attachments/${id}`).catch(() => {})
    },
  }
}

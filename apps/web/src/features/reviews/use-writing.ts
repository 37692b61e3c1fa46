/** A review that is being written, on the page: its draft in this tab, on the server and in the cache of the app. */
import type { ReviewDetail } from '@pms/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { get } from '../../api/client.ts'
import { listsChanged, resourceChanged } from '../../api/query-client.ts'
import { useStore } from '../../api/store.ts'
import { saveAnswers } from './actions.ts'
import { createWriting, type Unsaved } from './writing.ts'

export function useWriting(review: ReviewDetail, meId: string) {
  const client = useQueryClient()
  const { id } = review
  const [writing] = useState(() =>
    createWriting({
      review,
      send: body => saveAnswers(id, body),
      onSaved(saved) {
        const before = client.getQueryData<ReviewDetail>(['review', 'detail', id])
        client.setQueryData(['review', 'detail', id], saved)
        // Lists show that it was begun, and nothing of what is written after that.
        if (before?.status !== saved.status) void listsChanged(client, 'review')
      },
      onRefused: () => void resourceChanged(client, 'review', id),
      read: () => get<ReviewDetail>(`/api/reviews/${encodeURIComponent(id)}`),
      kept: keptIn(`review-unsaved:${meId}:${id}`),
      later(work, ms) {
        const timer = setTimeout(work, ms)
        return () => clearTimeout(timer)
      },
    }),
  )
  useEffect(() => writing.open(), [writing])
  useEffect(() => writing.heard(review), [writing, review])
  return { writing, ...useStore(writing.state) }
}

/** What is not saved yet, in the storage of this tab: it outlives a reload. */
function keptIn(key: string) {
  return {
    read(): Unsaved | null {
      try {
        const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
        return typeof value === 'object' ? (value as Unsaved | null) : null
      } catch {
        return null
      }
    },
    write(unsaved: Unsaved | null): void {
      try {
        if (unsaved) sessionStorage.setItem(key, JSON.stringify(unsaved))
        else sessionStorage.removeItem(key)
      } catch {
        // Storage is full or switched off: the server has it in a moment.
      }
    },
  }
}

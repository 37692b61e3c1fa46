/** What somebody has typed into a form, kept for this tab until it is sent: a reload or a wrong click loses nothing. */
import { useCallback, useState } from 'react'

export function useDraft<T extends object>(key: string, initial: T) {
  const [draft, setDraft] = useState<T>(() => ({ ...initial, ...stored(key) }))
  const change = useCallback(
    (changes: Partial<T>) =>
      setDraft(before => {
        const next = { ...before, ...changes }
        try {
          sessionStorage.setItem(key, JSON.stringify(next))
        } catch {
          // Storage is full or switched off: the draft lives as long as the page.
        }
        return next
      }),
    [key],
  )
  const forget = useCallback(() => {
    try {
      sessionStorage.removeItem(key)
    } catch {
      // Nothing was kept.
    }
  }, [key])
  return [draft, change, forget] as const
}

function stored(key: string): object {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

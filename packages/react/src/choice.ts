/** What a person has chosen on this machine, shared by all tabs of the browser. */
import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
/** Where there is no storage, or it is switched off, a choice holds until the page is closed. */
const forgetful = new Map<string, string>()

export function subscribeToChoices(listener: () => void): () => void {
  listeners.add(listener)
  // The other tabs of this browser.
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

export function readChoice(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return forgetful.get(key) ?? null
  }
}

/** Null forgets it. */
export function writeChoice(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    if (value === null) forgetful.delete(key)
    else forgetful.set(key, value)
  }
  for (const listener of [...listeners]) listener()
}

export function useChoice(key: string): string | null {
  return useSyncExternalStore(
    subscribeToChoices,
    () => readChoice(key),
    () => null,
  )
}

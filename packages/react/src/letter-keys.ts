/**
 * Whether keys that print something act. Whoever speaks to the computer, or rests a hand on the keyboard, does without
 * them; Enter, Escape, Delete and the arrows always work.
 */
import { createContext, useContext } from 'react'

export const LetterKeysContext = createContext(true)

export const useLetterKeys = (): boolean => useContext(LetterKeysContext)

/** Letters, digits and signs are called by themselves, the others by a name. */
export const isLetter = (key: string): boolean => key.length === 1

/** Tells, of keys that do the same, those that act now, as `aria-keyshortcuts` wants them. */
export function useKeysThatAct(): (...keys: string[]) => string | undefined {
  const letters = useLetterKeys()
  return (...keys) => keys.filter(key => letters || !isLetter(key)).join(' ') || undefined
}

/** Whether the search over everything is open: from any page, also while somebody types, by Ctrl or ⌘ and K. */
import { useEffect } from 'react'
import { createStore, useStore } from '../api/store.ts'

const isOpen = createStore(false)

export const openSearch = () => isOpen.set(true)
export const closeSearch = () => isOpen.set(false)
export const useIsSearching = () => useStore(isOpen)

const isApple = /Mac|iP/.test(navigator.platform)

/** As they are written on the keyboard. */
export const SEARCH_KEYS: readonly string[] = isApple ? ['⌘', 'K'] : ['Ctrl', 'K']

export function useSearchKey(): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const isMeant = isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey
      if (event.key.toLowerCase() !== 'k' || !isMeant || event.altKey || event.shiftKey) return
      // Else the browser goes to its own search.
      event.preventDefault()
      if (isOpen.get()) closeSearch()
      // A question that is open is answered first.
      else if (!document.querySelector('[role="dialog"],[role="alertdialog"]')) openSearch()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

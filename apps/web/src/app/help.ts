/** Whether the help on the keys is open: from any page by `?`, from the inbox, and from the menu of the person. */
import { createStore, useStore } from '../api/store.ts'

const isOpen = createStore(false)

export const openKeyHelp = () => isOpen.set(true)
export const closeKeyHelp = () => isOpen.set(false)
export const useIsHelping = () => useStore(isOpen)

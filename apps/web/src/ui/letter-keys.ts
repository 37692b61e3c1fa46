/** Whether single letters and signs act as keys: on this device, as its keyboard or its microphone asks for. */
import { createStore, useStore } from '../api/store.ts'

const KEY = 'pms-letter-keys'
const OFF = 'off'
const store = createStore(stored())

function stored(): boolean {
  try {
    return localStorage.getItem(KEY) !== OFF
  } catch {
    return true
  }
}

/** Follows the other tabs from now on. */
export function watchLetterKeys() {
  addEventListener('storage', event => {
    if (event.key === KEY) store.set(stored())
  })
}

export function setLetterKeys(on: boolean) {
  try {
    if (on) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, OFF)
  } catch {
    // Storage is switched off: it holds until the page is closed.
  }
  store.set(on)
}

export const useLetterKeys = () => useStore(store)

/** Light, dark, or as the system is. public/theme.js reads the same key before the first paint. */
import { createStore, useStore } from '../api/store.ts'

export const APPEARANCES = ['system', 'light', 'dark'] as const
export type Appearance = (typeof APPEARANCES)[number]

const KEY = 'pms-appearance'
const system = matchMedia('(prefers-color-scheme: dark)')
const store = createStore<Appearance>(stored())

function stored(): Appearance {
  try {
    return APPEARANCES.find(appearance => appearance === localStorage.getItem(KEY)) ?? 'system'
  } catch {
    return 'system'
  }
}

function apply() {
  const choice = store.get()
  const dark = choice === 'dark' || (choice === 'system' && system.matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  document
    .querySelector('meta[name="theme-color"]')
    ?.setAttribute('content', getComputedStyle(document.documentElement).getPropertyValue('--surface').trim())
}

/** Follows the system and the other tabs from now on. */
export function watchTheme() {
  store.subscribe(apply)
  system.addEventListener('change', apply)
  addEventListener('storage', event => {
    if (event.key === KEY) store.set(stored())
  })
}

export function setAppearance(choice: Appearance) {
  try {
    localStorage.setItem(KEY, choice)
  } catch {
    // Storage is switched off: it holds until the page is closed.
  }
  store.set(choice)
}

export const useAppearance = () => useStore(store)

/** Where the app starts. */
import './app/styles.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { session } from './api/browser-session.ts'
import { queryClient } from './api/query-client.ts'
import { Root } from './app/root.tsx'
import { router } from './app/router.tsx'
import { watchLetterKeys } from './ui/letter-keys.ts'
import { watchTheme } from './ui/theme.ts'

watchTheme()
watchLetterKeys()

let signedIn = false
session.state.subscribe(() => {
  const { status } = session.state.get()
  if (status !== 'signed-in' && status !== 'signed-out') return
  if (signedIn === (status === 'signed-in')) return
  signedIn = status === 'signed-in'
  // Nothing of one person is left for the next; then the guards decide where this page belongs.
  if (!signedIn) queryClient.removeQueries({ predicate: query => query.queryKey[0] !== 'info' })
  void router.invalidate()
})

void session.start()
// Fetched meanwhile: most who come are signed in.
if (location.pathname !== '/sign-in') void import('./app/shell.tsx')

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  )
}

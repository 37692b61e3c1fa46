/** The outermost component: waits until it is known who is there, then shows the pages. */
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useSession } from '../api/browser-session.ts'
import { queryClient } from '../api/query-client.ts'
import { Starting } from './outcomes.tsx'
import { router } from './router.tsx'

export function Root() {
  const { status } = useSession()
  return (
    <QueryClientProvider client={queryClient}>
      {status === 'starting' || status === 'unreachable' ? <Starting /> : <RouterProvider router={router} />}
    </QueryClientProvider>
  )
}

/** What is shown instead of a page: it does not exist, it broke, the server is not there yet. */
import { Link, useRouter } from '@tanstack/react-router'
import { Compass, TriangleAlert } from 'lucide-react'
import { useEffect } from 'react'
import { useSession } from '../api/browser-session.ts'
import { useIsWaiting } from '../api/chunk.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Logo } from '../ui/logo.tsx'
import { Empty } from '../ui/messages.tsx'
import { PageHeading } from '../ui/page.tsx'

export function PageMissing() {
  return (
    <div className="flex min-h-[70dvh] flex-col justify-center">
      <PageHeading title="Page not found" className="sr-only" />
      <Empty
        icon={Compass}
        title="There is no page at this address"
        action={
          <Link to="/" className={buttonClass('primary')}>
            Go home
          </Link>
        }
      >
        It may have moved, or the link was cut short.
      </Empty>
    </div>
  )
}

export function PageFailed({ reset }: { error: unknown; reset: () => void }) {
  const router = useRouter()
  return (
    <div role="alert" className="flex min-h-[70dvh] flex-col justify-center">
      <PageHeading title="Something went wrong" className="sr-only" />
      <Empty
        icon={TriangleAlert}
        title="This page stopped working"
        action={
          <>
            <Button
              variant="primary"
              onClick={() => {
                reset()
                void router.invalidate()
              }}
            >
              Try again
            </Button>
            <Button onClick={() => location.reload()}>Reload PMS</Button>
          </>
        }
      >
        Nothing that you saved is lost.
      </Empty>
    </div>
  )
}

/** Before it is known who is signed in, or a page is there. Seen only when that takes long. */
export function Starting() {
  const { status } = useSession()
  const isWaiting = useIsWaiting()
  useEffect(() => {
    if (status === 'unreachable') document.title = 'PMS'
  }, [status])
  return (
    <main
      role="status"
      className="late flex min-h-dvh flex-col items-center justify-center gap-4 px-6 text-center"
    >
      <Logo className="size-9" />
      <p className="h-6 text-sm text-muted">
        {status === 'unreachable' || isWaiting ? (
          'PMS cannot be reached. Trying again…'
        ) : (
          <span className="sr-only">Starting</span>
        )}
      </p>
    </main>
  )
}

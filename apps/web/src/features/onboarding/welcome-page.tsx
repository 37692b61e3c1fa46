/** Where the link leads that somebody new was given: sets the first password, and lets them in. */
import type { OnboardingCheck } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { LinkIcon } from 'lucide-react'
import { get } from '../../api/client.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Logo } from '../../ui/logo.tsx'
import { Empty, Failed } from '../../ui/messages.tsx'
import { PageHeading } from '../../ui/page.tsx'
import { PasswordForm } from './password-form.tsx'

const route = getRouteApi('/welcome')

export function WelcomePage() {
  const { token = '' } = route.useSearch()
  const { data, error, refetch } = useQuery({
    queryKey: ['onboarding', token],
    queryFn: ({ signal }) =>
      token
        ? get<OnboardingCheck>('/api/auth/onboarding', { query: { token }, signal })
        : Promise.resolve<OnboardingCheck>({ valid: false }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[416px] flex-col justify-center px-6 py-12">
      {!data ? (
        error ? (
          <>
            <PageHeading title="Welcome" className="sr-only" />
            <Failed error={error} retry={() => void refetch()} />
          </>
        ) : (
          <p role="status" className="late text-center text-sm text-muted">
            Looking at your link…
          </p>
        )
      ) : data.valid ? (
        <Valid token={token} name={data.name ?? ''} email={data.email ?? ''} />
      ) : (
        <NoLonger />
      )}
    </main>
  )
}

function Valid({ token, name, email }: { token: string; name: string; email: string }) {
  return (
    <>
      <Logo className="mb-5 size-9" />
      <PageHeading title="Welcome" className="text-2xl">
        Welcome, {name.split(/\s+/)[0]}
      </PageHeading>
      <p className="mt-1 text-sm text-muted text-pretty">
        Your account is ready. Set a password, and you are in.
      </p>
      <PasswordForm token={token} email={email} />
    </>
  )
}

const NoLonger = () => (
  <>
    <PageHeading title="Link not good any more" className="sr-only" />
    <Empty
      icon={LinkIcon}
      title="This link is not good any more"
      action={
        <Link to="/sign-in" className={buttonClass('primary')}>
          Sign in
        </Link>
      }
    >
      It was used, has run out, or another one was made. If you have set a password, sign in; else ask HR for
      a new link.
    </Empty>
  </>
)

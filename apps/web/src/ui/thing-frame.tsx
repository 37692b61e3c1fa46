/** The frame that the pages of one thing share: the way back, loading, and a thing that cannot be shown. */
import { Link } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiError } from '../api/problem.ts'
import { type Back, BackLink } from './back-link.tsx'
import { buttonClass } from './button.tsx'
import { Empty, Failed } from './messages.tsx'
import { PageHeading } from './page.tsx'

interface Props<T> {
  /** What it is called: "goal". */
  name: string
  back: Back
  thing: T | undefined
  error: unknown
  retry: () => void
  children: (thing: T) => ReactNode
}

export function ThingFrame<T>({ name, back, thing, error, retry, children }: Props<T>) {
  return (
    <>
      <BackLink {...back} />
      {thing !== undefined ? (
        children(thing)
      ) : error ? (
        <Missing name={name} back={back} error={error} retry={retry} />
      ) : (
        <SkeletonThing name={name} />
      )}
    </>
  )
}

type MissingProps = Pick<Props<unknown>, 'name' | 'back' | 'error' | 'retry'>

function Missing({ name, back, error, retry }: MissingProps) {
  if (!(error instanceof ApiError) || ![403, 404, 422].includes(error.status))
    return <Failed error={error} retry={retry} />
  return (
    <>
      <PageHeading title={`${capital(name)} not found`} className="sr-only" />
      <Empty
        icon={SearchX}
        title={`There is no such ${name}, or it is not yours to see`}
        action={
          <Link to={back.to} search={back.search} className={buttonClass('secondary')}>
            Go to {back.label.toLowerCase()}
          </Link>
        }
      >
        The address may be wrong, or the {name} is shared only with the people who take part in it.
      </Empty>
    </>
  )
}

const SkeletonThing = ({ name }: { name: string }) => (
  <div role="status" className="late mx-auto max-w-[760px] space-y-4 px-4 py-9 sm:px-8 lg:px-10">
    <span className="sr-only">Loading the {name}</span>
    <div className="skeleton h-4 w-40" />
    <div className="skeleton h-7 w-96 max-w-full" />
    <div className="skeleton h-4 w-56" />
    <div className="skeleton mt-10 h-3.5 w-full max-w-xl" />
    <div className="skeleton h-3.5 w-full max-w-lg" />
  </div>
)

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

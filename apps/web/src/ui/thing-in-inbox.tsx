/**
 * The frame of a thing inside the notification that is about it: while it is fetched, when it cannot be shown, and
 * its head, from which its own page opens.
 */
import type { ReactElement, ReactNode } from 'react'
import { ApiError, sentenceOf } from '../api/problem.ts'
import { Button } from './button.tsx'
import { Notice } from './messages.tsx'
import { Pill, type Tone } from './pill.tsx'

interface Props<T> {
  /** What it is called: "goal". */
  name: string
  thing: T | undefined
  error: unknown
  retry: () => void
  children: (thing: T) => ReactNode
}

export function ThingInInbox<T>({ name, thing, error, retry, children }: Props<T>) {
  // Known from before or not: what is hidden now asks nothing any more.
  if (error instanceof ApiError && (error.status === 404 || error.status === 403))
    return (
      <Notice tone="info" className="mt-6">
        This {name} is not yours to see any more.
      </Notice>
    )
  if (thing !== undefined)
    return <div className="mt-6 space-y-5 border-t border-line pt-6">{children(thing)}</div>
  if (!error)
    return (
      <div role="status" className="late mt-6 space-y-3 border-t border-line pt-6">
        <span className="sr-only">Loading the {name}</span>
        <div className="skeleton h-6 w-72 max-w-full" />
        <div className="skeleton h-4 w-48" />
        <div className="skeleton h-16 rounded-lg" />
      </div>
    )
  return (
    <Notice className="mt-6">
      <p>{sentenceOf(error)}</p>
      <Button className="mt-2" onClick={retry}>
        Try again
      </Button>
    </Notice>
  )
}

interface HeadProps {
  /** A link to the page of the thing, in the words of its title. */
  title: ReactElement
  tone: Tone
  word: string
  /** What else can be done with it. */
  menu?: ReactNode
  /** The line under the title: whose it is, and when it is due. */
  children?: ReactNode
}

export function InboxHead({ title, tone, word, menu, children }: HeadProps) {
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <h3 className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
          <span className="min-w-0 break-words text-lg font-semibold tracking-[-0.01em] [&>a:hover]:underline">
            {title}
          </span>
          <span role="status" className="inline-flex">
            <Pill tone={tone}>{word}</Pill>
          </span>
        </h3>
        {children && (
          <div className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-0.5 text-sm text-muted">
            {children}
          </div>
        )}
      </div>
      {menu}
    </div>
  )
}

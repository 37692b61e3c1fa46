/** A part of the home page: its name, how much there is, where all of it is, and the first few. */
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { sentenceOf } from '../../api/problem.ts'
import { Button } from '../../ui/button.tsx'

interface Props {
  title: string
  count?: number
  /** Where all of it is listed. */
  all?: Pick<LinkProps, 'to' | 'search'> & { label: string }
  children: ReactNode
}

export function Section({ title, count = 0, all, children }: Props) {
  const id = `home-${title.toLowerCase().replaceAll(' ', '-')}`
  return (
    <section aria-labelledby={id} className="mb-10">
      <div className="mb-1 flex min-h-8 items-baseline gap-2 border-b border-line pb-1.5">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {count > 0 && <span className="text-sm text-muted tabular-nums">{count}</span>}
        {all && (
          <Link
            to={all.to}
            search={all.search}
            className="relative ml-auto text-sm text-muted transition-colors after:absolute after:-inset-x-2 after:-inset-y-3 hover:text-ink"
          >
            {all.label}
          </Link>
        )}
      </div>
      {children}
    </section>
  )
}

interface LoadingProps<T> {
  data: T | undefined
  error: unknown
  retry: () => void
  children: (data: T) => ReactNode
}

/** What a part shows until its data is there; the others do not wait for it. */
export function Loaded<T>({ data, error, retry, children }: LoadingProps<T>) {
  if (data !== undefined) return children(data)
  if (error)
    return (
      <div role="alert" className="flex flex-wrap items-center justify-between gap-3 py-3 text-sm text-muted">
        {sentenceOf(error)}
        <Button onClick={retry}>Try again</Button>
      </div>
    )
  return (
    <div role="status" className="late space-y-3 py-3">
      <span className="sr-only">Loading</span>
      <div className="skeleton h-4 w-72 max-w-full" />
      <div className="skeleton h-3 w-48" />
    </div>
  )
}

/** Nothing there, in one quiet line. */
export const Nothing = ({ children }: { children: ReactNode }) => (
  <p className="py-3 text-sm text-muted text-pretty">{children}</p>
)

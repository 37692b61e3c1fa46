/** A page about one thing: a column of what there is to read and decide, and its facts beside it or among it. */
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

const COLUMN = 'min-w-0 lg:col-start-1 lg:w-full lg:max-w-[760px] lg:justify-self-center lg:px-10'

/** Its children are `ArticlePart`s and one `ArticleFacts`, in the order in which a phone shows them. */
export function Article({ children }: { children: ReactNode }) {
  return (
    <article className="grid px-4 py-7 sm:px-8 lg:min-h-[calc(100dvh-56px)] lg:grid-cols-[minmax(0,1fr)_288px] lg:grid-rows-[repeat(12,auto)_1fr] lg:px-0 lg:py-0">
      {children}
    </article>
  )
}

/** Takes no room while there is nothing in it. */
export const ArticlePart = ({ children }: { children: ReactNode }) => (
  <div className={cx(COLUMN, 'mb-8 empty:hidden last:mb-0 lg:first:pt-9 lg:last:pb-16')}>{children}</div>
)

/** The line above the title: whose it is, and at its end what else can be done. */
export const ArticleLine = ({ children, menu }: { children: ReactNode; menu: ReactNode }) => (
  <div className="mb-2 flex min-h-8 items-center gap-2 text-sm text-muted touch:min-h-11">
    {children}
    <div className="ml-auto">{menu}</div>
  </div>
)

/** The state of the thing, under its title; screen readers hear when it changes. */
export const ArticleState = ({ children }: { children: ReactNode }) => (
  <p role="status" className="mt-2.5 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm text-muted">
    {children}
  </p>
)

/** Text as somebody wrote it. */
export const Prose = ({ children }: { children: string }) => (
  <p className="whitespace-pre-wrap break-words text-base text-pretty">{children}</p>
)

export const ArticleFacts = ({ children }: { children: ReactNode }) => (
  <aside
    aria-label="Facts"
    className="mb-8 border-line max-lg:border-y max-lg:py-5 lg:col-start-2 lg:row-span-full lg:mb-0 lg:border-l lg:px-7 lg:pt-10"
  >
    {children}
  </aside>
)

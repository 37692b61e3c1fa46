/** The frame of a form that is a page: heading, what will happen, and a way to a neighbouring form. */
import type { ReactNode } from 'react'
import { PageHeading } from './page.tsx'

interface Props {
  title: string
  lead: string
  /** Beside the heading. */
  aside?: ReactNode
  children: ReactNode
}

export function FormFrame({ title, lead, aside, children }: Props) {
  return (
    <div className="mx-auto max-w-[592px] px-4 py-8 sm:px-6 sm:py-10">
      <div className="mb-8 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <PageHeading title={title} className="text-2xl" />
          {lead && <p className="mt-1 text-sm text-muted">{lead}</p>}
        </div>
        {aside}
      </div>
      {children}
    </div>
  )
}

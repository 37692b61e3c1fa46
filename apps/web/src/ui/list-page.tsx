/** The head of a page that lists things: heading and buttons in the top bar; lists and filters under it. */
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { PageHeading, TopBar } from './page.tsx'
import { rowEnds } from './row.tsx'

interface Props {
  title: string
  /** What can be begun from here. */
  actions?: ReactNode
  tabs: ReactNode
  filters?: ReactNode
}

export function ListHead({ title, actions, tabs, filters }: Props) {
  return (
    <>
      <TopBar>
        <PageHeading title={title} className="text-xl" />
        <div className="ml-auto flex items-center gap-2 empty:hidden">{actions}</div>
      </TopBar>
      <div
        className={cx('border-b border-line lg:flex lg:items-center lg:justify-between lg:gap-6', rowEnds)}
      >
        {tabs}
        {filters}
      </div>
    </>
  )
}

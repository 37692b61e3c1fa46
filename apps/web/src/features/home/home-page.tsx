/** Where one begins the day: what waits on me, what I wait for, what is due, and what everybody should know. */
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { longDay } from '../../ui/dates.ts'
import { firstName } from '../../ui/names.ts'
import { PageHeading, TopBar } from '../../ui/page.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { Announcements } from './announcements.tsx'
import { Deadlines } from './deadline-list.tsx'
import { useTogether } from './together.ts'

interface Props {
  /** What other features say here: first of all, and in the first column. */
  notices: ReactNode
  requests: ReactNode
}

export function HomePage({ notices, requests }: Props) {
  const me = useMe()
  const today = useToday()
  const list = useRowKeys<HTMLDivElement>()
  const isThere = useTogether()
  return (
    <>
      <TopBar>
        <PageHeading title="Home" className="text-xl" />
      </TopBar>
      <div ref={list} className="mx-auto max-w-[1120px] px-4 py-7 sm:px-8 sm:py-9">
        <div className="mb-8">
          <p className="text-2xl font-semibold tracking-[-0.014em] text-balance">
            Hello, {firstName(me.name)}
          </p>
          <p className="mt-0.5 text-sm text-muted">{longDay(today)}</p>
        </div>
        {!isThere && <Coming />}
        <div hidden={!isThere}>
          {notices}
          <div className="grid gap-x-12 lg:grid-cols-[minmax(0,1fr)_minmax(0,360px)]">
            <div className="min-w-0">{requests}</div>
            <div className="min-w-0">
              <Deadlines />
              <Announcements />
            </div>
          </div>
        </div>
      </div>
    </>
  )
}

/** As wide as the parts will be; how high, nobody knows yet. */
const Coming = () => (
  <div role="status" className="late grid gap-12 lg:grid-cols-[minmax(0,1fr)_minmax(0,360px)]">
    <span className="sr-only">Loading</span>
    {['requests', 'deadlines'].map(part => (
      <div key={part} className="space-y-6 py-1">
        <div className="skeleton h-4 w-32" />
        {['first', 'second', 'third'].map(line => (
          <div key={line} className="space-y-2.5">
            <div className="skeleton h-3.5 w-72 max-w-full" />
            <div className="skeleton h-3 w-48 max-w-full" />
          </div>
        ))}
      </div>
    ))}
  </div>
)

/** How the installation is, for those who look after it: in a sentence, in numbers, over time, and part by part. */
import type { SystemReport } from '@pms/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { CircleCheck, Lock, TriangleAlert } from 'lucide-react'
import { ApiError, sentenceOf } from '../../api/problem.ts'
import { Empty, Failed, Notice } from '../../ui/messages.tsx'
import { SkeletonRows } from '../../ui/paged-list.tsx'
import { counted } from '../../ui/words.ts'
import { Charts } from './charts.tsx'
import { Figures } from './figures.tsx'
import { Jobs } from './jobs.tsx'
import { Nodes } from './nodes.tsx'
import { systemQuery } from './queries.ts'
import { rangeOf } from './range.ts'
import { ForObservers, SystemHead } from './system-head.tsx'
import { findingsOf } from './words.ts'

const route = getRouteApi('/app/system')

export const SystemPage = () => (
  <>
    <SystemHead current="servers" />
    <ForObservers>
      <System />
    </ForObservers>
  </>
)

function System() {
  const range = rangeOf(route.useSearch())
  const { data, error, refetch } = useQuery({ ...systemQuery(range), placeholderData: keepPreviousData })
  if (error instanceof ApiError && error.status === 403)
    return (
      <Empty icon={Lock} title="You may not look after the system any more">
        Your role has changed.
      </Empty>
    )
  if (!data)
    return error ? (
      <Failed error={error} retry={() => void refetch()} />
    ) : (
      <SkeletonRows label="Loading the system" />
    )
  return (
    <div className="mx-auto max-w-[1080px] px-4 py-7 sm:px-6 lg:py-9">
      {error && (
        <Notice className="mb-5">
          {sentenceOf(error)}. What is below was so a moment ago; it is asked again by itself.
        </Notice>
      )}
      <Verdict report={data} />
      <Figures report={data} />
      <Charts series={data.series} />
      <Nodes nodes={data.nodes} />
      <Jobs jobs={data.jobs} now={Date.parse(data.at)} />
    </div>
  )
}

/** Said again, to those who hear it, only when it changes. */
function Verdict({ report }: { report: SystemReport }) {
  const findings = findingsOf(report)
  const isWell = findings.length === 0
  const Icon = isWell ? CircleCheck : TriangleAlert
  return (
    <div role="status">
      <p className="flex items-center gap-2.5 text-lg font-medium">
        <Icon
          aria-hidden="true"
          className={isWell ? 'size-5 shrink-0 text-done-mark' : 'size-5 shrink-0 text-overdue-text'}
        />
        {isWell ? 'Everything is well.' : `${counted(findings.length, 'thing is', 'things are')} not well.`}
      </p>
      {!isWell && (
        <ul className="mt-2 list-disc space-y-1 pl-11 text-base text-pretty">
          {findings.map(finding => (
            <li key={finding}>{finding}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** The frame that the pages of one goal share: the way back, loading, and a goal that cannot be shown. */
import type { GoalDetail } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { ChevronLeft, SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiError } from '../../api/problem.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Empty, Failed } from '../../ui/messages.tsx'
import { PageHeading, TopBar } from '../../ui/page.tsx'

export function BackToGoals() {
  return (
    <TopBar>
      <Link
        to="/goals"
        className="-ml-2 flex h-8 items-center gap-1 rounded-md pr-2.5 pl-1.5 text-sm text-muted transition-colors hover:bg-hover hover:text-ink touch:h-11"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
        Goals
      </Link>
    </TopBar>
  )
}

interface Props {
  goal: GoalDetail | undefined
  error: unknown
  retry: () => void
  children: (goal: GoalDetail) => ReactNode
}

export function GoalFrame({ goal, error, retry, children }: Props) {
  return (
    <>
      <BackToGoals />
      {goal ? children(goal) : error ? <NoGoal error={error} retry={retry} /> : <SkeletonGoal />}
    </>
  )
}

function NoGoal({ error, retry }: { error: unknown; retry: () => void }) {
  if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 403 && error.status !== 422))
    return <Failed error={error} retry={retry} />
  return (
    <>
      <PageHeading title="Goal not found" className="sr-only" />
      <Empty
        icon={SearchX}
        title="There is no such goal, or it is not yours to see"
        action={
          <Link to="/goals" className={buttonClass('secondary')}>
            Go to goals
          </Link>
        }
      >
        The address may be wrong, or the goal is shared only with the people who take part in it.
      </Empty>
    </>
  )
}

const SkeletonGoal = () => (
  <div role="status" className="late mx-auto max-w-[760px] space-y-4 px-4 py-9 sm:px-8 lg:px-10">
    <span className="sr-only">Loading the goal</span>
    <div className="skeleton h-4 w-40" />
    <div className="skeleton h-7 w-96 max-w-full" />
    <div className="skeleton h-4 w-56" />
    <div className="skeleton mt-10 h-3.5 w-full max-w-xl" />
    <div className="skeleton h-3.5 w-full max-w-lg" />
  </div>
)

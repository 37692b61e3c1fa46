/** How far a goal of a list is, where there is room for it. */
import type { Goal } from '@pms/contract'
import { ProgressBar } from '../../ui/progress-bar.tsx'

/** Before work on it began, and after it was given up, there is no progress to tell of. */
export const isUnderway = ({ status }: Pick<Goal, 'status'>) => status === 'ACTIVE' || status === 'ACHIEVED'

export function RowProgress({ goal }: { goal: Pick<Goal, 'status' | 'progress' | 'title'> }) {
  if (!isUnderway(goal)) return null
  return (
    <div className="hidden w-34 shrink-0 items-center gap-2.5 lg:flex">
      <ProgressBar percent={goal.progress} label={`Progress of ${goal.title}`} className="flex-1" />
      <span className="w-10 text-right text-sm text-muted tabular-nums">{goal.progress}%</span>
    </div>
  )
}

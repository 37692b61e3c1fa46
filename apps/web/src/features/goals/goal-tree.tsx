/** The organisation's goals as a tree: a line opens the goal, its arrow what is part of it. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Failed } from '../../ui/messages.tsx'
import { SkeletonRows } from '../../ui/paged-list.tsx'
import { Tree } from '../../ui/tree.tsx'
import { counted } from '../../ui/words.ts'
import { filtersOf, type GoalSearch, idsIn, toOpen } from './filters.ts'
import { freezesQuery } from './freezes.ts'
import { FrozenQuarters } from './frozen.tsx'
import { GoalBranchLine, RestLine } from './goal-branch.tsx'
import { NoGoals } from './no-goals.tsx'
import { type GoalLine, goalLines, toggled } from './tree.ts'
import { useGoalTree } from './use-goal-tree.ts'

export function GoalTree({ search, today }: { search: GoalSearch; today: string }) {
  const navigate = useNavigate()
  const filters = filtersOf(search)
  const open = idsIn(search.open)
  const { top, levels, more, again } = useGoalTree(filters, open)
  // Asked for together with the goals, so that what stands above them does not push them down.
  useQuery(freezesQuery)
  if (!top.data)
    return top.error ? (
      <Failed error={top.error} retry={() => void top.refetch()} />
    ) : (
      <SkeletonRows label="Loading goals" />
    )

  const lines = goalLines(levels, new Set(open))
  const goals = lines.flatMap(({ goal }) => goal ?? [])
  const setOpen = (ids: readonly string[]) => {
    const { open: _, ...others } = search
    const kept = toOpen(ids)
    void navigate({
      to: '/goals',
      search: kept ? { ...others, open: kept } : others,
      replace: true,
      resetScroll: false,
    })
  }

  function act({ goal, levelOf, waits }: GoalLine) {
    if (goal) void navigate({ to: '/goals/$goalId', params: { goalId: goal.id } })
    else if (waits === 'failed') again(levelOf)
    else if (waits === null) more(levelOf)
  }

  return (
    <>
      <FrozenQuarters filters={filters} goals={goals} />
      {lines.length === 0 ? (
        <NoGoals filters={search} />
      ) : (
        <div
          className={cx(
            'max-w-[1640px] px-2 py-3 transition-opacity sm:px-4',
            top.isPlaceholderData && 'opacity-60',
          )}
        >
          <div className="flex min-h-8 items-center justify-between gap-3 px-2 pb-2 text-sm text-muted touch:min-h-11">
            <p role="status" className="tabular-nums">
              {counted(top.data.total, 'goal')} at the top
            </p>
            {open.length > 0 && (
              <Button variant="ghost" className="-mr-3 touch:-mr-4" onClick={() => setOpen([])}>
                Close all
              </Button>
            )}
          </div>
          <Tree
            label="Goals of the organisation"
            lines={lines}
            onToggle={(line, opens) => setOpen(toggled(open, lines, line, opens))}
            onAct={act}
            className="min-h-13! sm:gap-3!"
          >
            {line =>
              line.goal ? <GoalBranchLine goal={line.goal} today={today} /> : <RestLine waits={line.waits} />
            }
          </Tree>
        </div>
      )}
    </>
  )
}

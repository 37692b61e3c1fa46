/** The goals that are part of one, on its page: as many of them as the reader may see. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { Button } from '../../ui/button.tsx'
import { NameFor } from '../../ui/names.ts'
import { Pill } from '../../ui/pill.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { partsQuery } from './queries.ts'
import { periodOf, stateOf } from './words.ts'

/** Nothing where there are none, and nothing until they are known: most goals have no parts. */
export function GoalParts({ goalId, today }: { goalId: string; today: string }) {
  const me = useMe()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(partsQuery(goalId))
  const parts = data?.pages.flatMap(page => page.items) ?? []
  if (parts.length === 0) return null
  return (
    <section aria-labelledby="parts">
      <h2 id="parts" className="mb-3 text-base font-semibold">
        Goals that serve it{' '}
        <span className="font-normal text-muted tabular-nums">{data?.pages.at(-1)?.total}</span>
      </h2>
      <ul aria-labelledby="parts" className="divide-y divide-line border-y border-line">
        {parts.map(goal => {
          const { tone, word } = stateOf(goal, today)
          return (
            <li key={goal.id} className="relative flex items-center gap-3 py-2 touch:min-h-14">
              <StateMark tone={tone} progress={goal.progress} />
              <div className="min-w-0 flex-1">
                <Link
                  to="/goals/$goalId"
                  params={{ goalId: goal.id }}
                  className="line-clamp-2 text-sm font-medium break-words before:absolute before:inset-0 hover:underline"
                >
                  {goal.title}
                </Link>
                <p className="truncate text-sm text-muted tabular-nums">
                  {periodOf(goal)} · {goal.unit?.name ?? NameFor(goal.owner, me.id)} · {goal.progress}%
                </p>
              </div>
              <Pill tone={tone}>{word}</Pill>
            </li>
          )
        })}
      </ul>
      {hasNextPage && (
        <Button className="mt-3" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Load more
        </Button>
      )}
    </section>
  )
}

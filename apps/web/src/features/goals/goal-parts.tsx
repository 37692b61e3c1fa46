/** Goals on the page of something else: those that are part of one, those of a person; as many as the reader may see. */
import type { Goal } from '@pms/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { NameFor } from '../../ui/names.ts'
import { ShortList, ShortRow, shortRowLink } from '../../ui/short-list.tsx'
import { goalsOfQuery, partsQuery } from './queries.ts'
import { periodOf, stateOf } from './words.ts'

export function GoalParts({ goalId }: { goalId: string }) {
  const me = useMe()
  return (
    <ShortList id="parts" title="Goals that serve it" query={useInfiniteQuery(partsQuery(goalId))}>
      {goal => (
        <Row key={goal.id} goal={goal}>
          {periodOf(goal)} · {goal.unit?.name ?? NameFor(goal.owner, me.id)} · {goal.progress}%
        </Row>
      )}
    </ShortList>
  )
}

export const GoalsOf = ({ personId }: { personId: string }) => (
  <ShortList id="goals" title="Goals" query={useInfiniteQuery(goalsOfQuery(personId))}>
    {goal => (
      <Row key={goal.id} goal={goal}>
        {periodOf(goal)} · {goal.progress}%
      </Row>
    )}
  </ShortList>
)

const Row = ({ goal, children }: { goal: Goal; children: ReactNode }) => (
  <ShortRow
    state={stateOf(goal, useToday())}
    progress={goal.progress}
    title={
      <Link to="/goals/$goalId" params={{ goalId: goal.id }} className={shortRowLink}>
        {goal.title}
      </Link>
    }
  >
    {children}
  </ShortRow>
)

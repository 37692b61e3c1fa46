/** What there is to go by: the goals and initiatives of the one reviewed that the reader may see. */
import type { Goal, Initiative, ReviewDetail } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { sentenceOf } from '../../api/problem.ts'
import { firstName } from '../../ui/names.ts'
import type { Tone } from '../../ui/pill.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { isGoalOf, isInitiativeOf, split } from './period.ts'
import { goalsOfQuery, initiativesOfQuery } from './queries.ts'

export function Evidence({ review }: { review: ReviewDetail }) {
  const me = useMe()
  const { reviewee } = review
  const goals = useQuery(goalsOfQuery(reviewee.id))
  const initiatives = useQuery(initiativesOfQuery(reviewee.id))
  const error = goals.error ?? initiatives.error
  if (error)
    return (
      <p role="alert" className="text-sm text-danger-text">
        {sentenceOf(error)}
      </p>
    )
  if (!goals.data || !initiatives.data) return <Skeleton />

  const shownGoals = split(goals.data.filter(isGiven), goal => isGoalOf(review, goal))
  const shownInitiatives = split(initiatives.data.filter(isTaken), one => isInitiativeOf(review, one))
  const before = [...shownGoals.beyond.map(goalLine), ...shownInitiatives.beyond.map(initiativeLine)]
  if (shownGoals.within.length + shownInitiatives.within.length + before.length === 0)
    return (
      <p className="text-sm text-muted text-pretty">
        {reviewee.id === me.id
          ? 'You have no goals or initiatives to look back on.'
          : `There are no goals or initiatives of ${firstName(reviewee.name)} that you may see.`}
      </p>
    )
  return (
    <div className="space-y-6">
      <Lines title="Goals" none="None in this period." lines={shownGoals.within.map(goalLine)} />
      <Lines
        title="Initiatives"
        none="None in this period."
        lines={shownInitiatives.within.map(initiativeLine)}
      />
      {before.length > 0 && (
        <details className="group/before">
          <summary className="flex h-8 list-none items-center gap-1.5 rounded-md text-sm text-muted hover:text-ink touch:h-11 [&::-webkit-details-marker]:hidden">
            <Chevron className="group-open/before:rotate-90" />
            Outside this period
            <span className="text-subtle tabular-nums">{before.length}</span>
          </summary>
          <ul className="mt-1">{before}</ul>
        </details>
      )}
    </div>
  )
}

/** What was never agreed to is no evidence. */
const isGiven = ({ status }: Goal) => status === 'ACTIVE' || status === 'ACHIEVED' || status === 'DISCARDED'
const isTaken = ({ status }: Initiative) => status !== 'PENDING_APPROVAL' && status !== 'REJECTED'

function Lines({ title, none, lines }: { title: string; none: string; lines: ReactNode[] }) {
  return (
    <section>
      <h3 className="mb-1 flex items-baseline gap-1.5 text-sm font-medium">
        {title}
        {lines.length > 0 && <span className="font-normal text-subtle tabular-nums">{lines.length}</span>}
      </h3>
      {lines.length > 0 ? <ul>{lines}</ul> : <p className="text-sm text-muted">{none}</p>}
    </section>
  )
}

const GOAL_STATES: Partial<Record<Goal['status'], [Tone, string]>> = {
  ACHIEVED: ['done', 'achieved'],
  DISCARDED: ['neutral', 'discarded'],
}

function goalLine(goal: Goal): ReactNode {
  const [tone, word] = GOAL_STATES[goal.status] ?? (['active', `${goal.progress}%`] as const)
  return (
    <Line key={goal.id} tone={tone} progress={goal.progress} title={goal.title} word={word}>
      <p className="text-muted">
        <span className="tabular-nums">
          {goal.quarter ? `${goal.quarter} ` : ''}
          {goal.year}
        </span>
        , {goal.progress}% done
      </p>
      {goal.description && <p className="whitespace-pre-wrap">{goal.description}</p>}
      {goal.reason && <p className="text-muted">“{goal.reason}”</p>}
      <Link to="/goals/$goalId" params={{ goalId: goal.id }} className={LINK}>
        Open goal
      </Link>
    </Line>
  )
}

const INITIATIVE_STATES: Partial<Record<Initiative['status'], [Tone, string]>> = {
  ASSIGNED: ['active', 'to start'],
  APPROVED: ['done', 'done'],
  COMPLETED: ['awaiting', 'in review'],
  OVERDUE: ['overdue', 'overdue'],
}

function initiativeLine(initiative: Initiative): ReactNode {
  const [tone, state] = INITIATIVE_STATES[initiative.status] ?? (['active', 'started'] as const)
  const word = initiative.score === null ? state : `${initiative.score}/10`
  return (
    <Line
      key={initiative.id}
      tone={tone}
      progress={initiative.status === 'STARTED' ? 50 : 0}
      title={initiative.title}
      word={word}
    >
      {initiative.score !== null && <p className="text-muted">Reviewed with {initiative.score} of 10</p>}
      {initiative.description && <p className="whitespace-pre-wrap">{initiative.description}</p>}
      {initiative.feedback && <p className="text-muted">“{initiative.feedback}”</p>}
      <Link to="/initiatives/$initiativeId" params={{ initiativeId: initiative.id }} className={LINK}>
        Open initiative
      </Link>
    </Line>
  )
}

const LINK = 'inline-flex items-center text-accent-text hover:underline touch:min-h-11'

interface LineProps {
  tone: Tone
  progress: number
  title: string
  /** How it stands, in a word or a number. */
  word: string
  children: ReactNode
}

const Line = ({ tone, progress, title, word, children }: LineProps) => (
  <li>
    <details className="group/line">
      <summary className="-mx-2 flex list-none items-start gap-2 rounded-md px-2 py-1.5 text-sm hover:bg-hover touch:py-3 [&::-webkit-details-marker]:hidden">
        <span className="mt-0.5">
          <StateMark tone={tone} progress={progress} />
        </span>
        <span className="min-w-0 flex-1 break-words">{title}</span>
        <span className="shrink-0 text-muted tabular-nums">{word}</span>
        <Chevron className="mt-1 group-open/line:rotate-90" />
      </summary>
      <div className="space-y-1.5 pt-1 pb-3 pl-6 text-sm break-words">{children}</div>
    </details>
  </li>
)

const Chevron = ({ className }: { className: string }) => (
  <ChevronRight
    aria-hidden="true"
    className={`size-3.5 shrink-0 text-subtle transition-transform ${className}`}
  />
)

const Skeleton = () => (
  <div role="status" className="late space-y-3">
    <span className="sr-only">Loading goals and initiatives</span>
    <div className="skeleton h-3.5 w-24" />
    <div className="skeleton h-3.5 w-full" />
    <div className="skeleton h-3.5 w-4/5" />
    <div className="skeleton h-3.5 w-full" />
  </div>
)

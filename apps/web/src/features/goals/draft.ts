/** A goal while it is being written, and what is sent of it. Pure. */
import type { CreateGoalBody, EditGoalBody, GoalDetail, GoalType, Quarter } from '@pms/contract'
import type { Candidate } from '../../shared/people.ts'

export interface GoalDraft {
  title: string
  description: string
  type: GoalType
  quarter: Quarter
  year: number
  /** Empty where no day is given. */
  start_date: string
  end_date: string
  /** Whose a goal of the organisation is; empty: all of it. */
  unit_id: string
  parent: { id: string; title: string } | null
  /** For whom it is, where it is assigned. */
  assignees: readonly Candidate[]
}

/** An empty goal for the quarter that today is in. */
export function emptyDraft(today: string): GoalDraft {
  const [year, month] = today.split('-').map(Number)
  return {
    title: '',
    description: '',
    type: 'INDIVIDUAL',
    quarter: `Q${Math.ceil((month ?? 1) / 3)}` as Quarter,
    year: year ?? 2000,
    start_date: '',
    end_date: '',
    unit_id: '',
    parent: null,
    assignees: [],
  }
}

export const draftOf = (goal: GoalDetail): GoalDraft => ({
  title: goal.title,
  description: goal.description ?? '',
  type: goal.type,
  quarter: goal.quarter ?? 'Q1',
  year: goal.year,
  start_date: goal.start_date ?? '',
  end_date: goal.end_date ?? '',
  unit_id: goal.unit?.id ?? '',
  parent: goal.parent_goal,
  assignees: [],
})

/** The part of a goal that can be changed later, as the server takes it. */
export function detailsOf(draft: GoalDraft) {
  return {
    title: draft.title.trim(),
    description: draft.description.trim() || null,
    quarter: draft.type === 'YEARLY' ? null : draft.quarter,
    year: draft.year,
    start_date: draft.start_date || null,
    end_date: draft.end_date || null,
    parent_goal_id: draft.parent?.id ?? null,
  }
}

/** A new goal, as the server takes it: that of one person is of no unit. */
export const bodyOf = (draft: GoalDraft): CreateGoalBody => ({
  ...detailsOf(draft),
  type: draft.type,
  ...(draft.type !== 'INDIVIDUAL' && { unit_id: draft.unit_id || null }),
})

/** Only what differs from the goal as it is; null where nothing does. */
export function changesTo(goal: GoalDetail, draft: GoalDraft): EditGoalBody | null {
  const before = detailsOf(draftOf(goal))
  const after = detailsOf(draft)
  const changed = Object.entries(after).filter(
    ([name, value]) => value !== before[name as keyof typeof before],
  )
  return changed.length > 0 ? (Object.fromEntries(changed) as EditGoalBody) : null
}

/** What is missing or cannot be, by field; the server checks everything again. */
export function problemsOf(draft: GoalDraft, needsAssignee: boolean): Record<string, string> {
  const problems: Record<string, string> = {}
  if (needsAssignee && draft.assignees.length === 0)
    problems.assigned_to_user_id = 'Choose who the goal is for.'
  if (!draft.title.trim()) problems.title = 'Give the goal a title.'
  if (draft.start_date && draft.end_date && draft.end_date < draft.start_date)
    problems.end_date = 'The due date is before the start.'
  return problems
}

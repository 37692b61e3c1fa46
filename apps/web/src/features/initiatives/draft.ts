/** An initiative while it is being written, and what is sent of it. Pure. */
import type {
  AssignInitiativeBody,
  EditInitiativeBody,
  InitiativeDetail,
  InitiativeType,
  ProposeInitiativeBody,
  Urgency,
} from '@pms/contract'
import type { Candidate } from '../../shared/people.ts'

export interface InitiativeDraft {
  type: InitiativeType
  title: string
  description: string
  urgency: Urgency
  /** Empty until a day is given. */
  due_date: string
  goal: { id: string; title: string } | null
  /** Of an individual one at most one; of a group all, the head among them. */
  people: Candidate[]
  headId: string | null
}

export const emptyDraft = (people: Candidate[] = []): InitiativeDraft => ({
  type: 'INDIVIDUAL',
  title: '',
  description: '',
  urgency: 'MEDIUM',
  due_date: '',
  goal: null,
  people,
  headId: people[0]?.id ?? null,
})

export const draftOf = (initiative: InitiativeDetail): InitiativeDraft => ({
  type: initiative.type,
  title: initiative.title,
  description: initiative.description ?? '',
  urgency: initiative.urgency,
  due_date: initiative.due_date,
  goal: initiative.goal,
  people: initiative.assignees.map(({ id, name }) => ({ id, name, job_title: '' })),
  headId: initiative.head.id,
})

function detailsOf(draft: InitiativeDraft) {
  return {
    title: draft.title.trim(),
    description: draft.description.trim() || null,
    urgency: draft.urgency,
    due_date: draft.due_date,
    goal_id: draft.goal?.id ?? null,
  }
}

function teamOf({ type, people, headId }: InitiativeDraft) {
  return type === 'GROUP'
    ? { assignee_ids: people.map(person => person.id), head_id: headId }
    : { assignee_ids: people.slice(0, 1).map(person => person.id) }
}

/** An individual one is the proposer's own: nobody needs to be named. */
export const proposalOf = (draft: InitiativeDraft): ProposeInitiativeBody => ({
  ...detailsOf(draft),
  type: draft.type,
  ...(draft.type === 'GROUP' ? teamOf(draft) : {}),
})

export const assignmentOf = (draft: InitiativeDraft): AssignInitiativeBody => ({
  ...detailsOf(draft),
  type: draft.type,
  ...teamOf(draft),
})

/** Only what differs from the initiative as it is; null where nothing does. */
export function changesTo(initiative: InitiativeDetail, draft: InitiativeDraft): EditInitiativeBody | null {
  const before = draftOf(initiative)
  const [was, is] = [detailsOf(before), detailsOf(draft)]
  const changes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(is))
    if (value !== was[name as keyof typeof was]) changes[name] = value
  const people = (of: InitiativeDraft) => [of.headId, ...of.people.map(({ id }) => id).sort()].join()
  if (draft.type === 'GROUP' && people(draft) !== people(before)) Object.assign(changes, teamOf(draft))
  return Object.keys(changes).length > 0 ? (changes as EditInitiativeBody) : null
}

/** What is missing or cannot be, by field; the server checks everything again. */
export function problemsOf(
  draft: InitiativeDraft,
  { today, assigns }: { today: string; assigns: boolean },
): Record<string, string> {
  const problems: Record<string, string> = {}
  if (draft.type === 'INDIVIDUAL' && assigns && draft.people.length === 0)
    problems.assignee_ids = 'Choose who it is for.'
  if (draft.type === 'GROUP' && draft.people.length < 2)
    problems.assignee_ids = 'A group has at least two people.'
  if (!draft.title.trim()) problems.title = 'Give the initiative a title.'
  if (!draft.due_date) problems.due_date = 'Choose the day on which it is due.'
  else if (draft.due_date < today) problems.due_date = 'This day is over.'
  return problems
}

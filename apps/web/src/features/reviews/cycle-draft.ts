/** A cycle while it is being prepared, and what is sent of it. Pure. */
import type {
  AudienceBody,
  CreateReviewCycleBody,
  EditReviewCycleBody,
  PersonRef,
  ReviewCycleDetail,
  TraitBody,
} from '@pms/contract'
import { randomKey } from '../../ui/random-key.ts'

/** With a key that stays while it moves and is written. */
export interface QuestionDraft {
  key: string
  text: string
  required: boolean
}
export interface TraitDraft {
  key: string
  name: string
  questions: QuestionDraft[]
}

export interface CycleDraft {
  name: string
  /** Empty where no day is given. */
  period_start: string
  period_end: string
  deadline: string
  scope: AudienceBody['scope']
  unit: { id: string; name: string } | null
  people: (PersonRef & { job_title: string })[]
  traits: TraitDraft[]
}

export const newQuestion = (text = ''): QuestionDraft => ({ key: randomKey(), text, required: true })
export const newTrait = (name = '', texts: readonly string[] = ['']): TraitDraft => ({
  key: randomKey(),
  name,
  questions: texts.map(newQuestion),
})

/** Something to begin with that suits most, and is changed with ease. */
const COMMON: readonly [string, readonly string[]][] = [
  ['Delivery', ['Does what was agreed, when it was agreed', 'The work can be relied on']],
  ['Teamwork', ['Shares what they know', 'Is there when others need help']],
  ['Growth', ['Learns what the work asks for next']],
]

export const emptyDraft = (): CycleDraft => ({
  name: '',
  period_start: '',
  period_end: '',
  deadline: '',
  scope: 'everyone',
  unit: null,
  people: [],
  traits: COMMON.map(([name, texts]) => newTrait(name, texts)),
})

export const draftOf = (cycle: ReviewCycleDetail, people: readonly PersonRef[]): CycleDraft => ({
  name: cycle.name,
  period_start: cycle.period_start,
  period_end: cycle.period_end,
  deadline: cycle.deadline,
  scope: cycle.audience?.scope ?? 'everyone',
  unit: cycle.audience?.unit ?? null,
  people: people.map(person => ({ ...person, job_title: '' })),
  traits: cycle.traits.map(({ name, questions }) => ({
    key: randomKey(),
    name,
    questions: questions.map(({ text, required }) => ({ key: randomKey(), text, required })),
  })),
})

export function bodyOf(
  draft: CycleDraft,
): CreateReviewCycleBody & { traits: TraitBody[]; audience: AudienceBody } {
  const { name, period_start, period_end, deadline } = draft
  return {
    name: name.trim(),
    period_start,
    period_end,
    deadline,
    traits: draft.traits.map(trait => ({
      name: trait.name.trim(),
      questions: trait.questions.map(({ text, required }) => ({ text: text.trim(), required })),
    })),
    audience: audienceOf(draft),
  }
}

function audienceOf({ scope, unit, people }: CycleDraft): AudienceBody {
  if (scope === 'unit') return { scope, unit_id: unit?.id ?? null }
  return scope === 'people' ? { scope, user_ids: people.map(person => person.id) } : { scope }
}

/** Only what differs from the cycle as it was; null where nothing does. */
export function changesTo(before: CycleDraft, draft: CycleDraft): EditReviewCycleBody | null {
  const was = bodyOf(before)
  const changed = Object.entries(bodyOf(draft)).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(was[field as keyof typeof was]),
  )
  return changed.length > 0 ? (Object.fromEntries(changed) as EditReviewCycleBody) : null
}

/** The field of a trait or a question, as problems are told by. */
export const traitField = (key: string) => `trait-${key}`
export const questionField = (key: string) => `question-${key}`

/** What is missing or cannot be, by field; the server checks everything again. */
export function problemsOf(draft: CycleDraft, today: string, before?: CycleDraft): Record<string, string> {
  const problems: Record<string, string> = {}
  const { period_start, period_end, deadline } = draft
  if (!draft.name.trim()) problems.name = 'Give the cycle a name.'
  if (!period_start) problems.period_start = 'Say when the period begins.'
  if (!period_end) problems.period_end = 'Say when the period ends.'
  else if (period_start && period_end < period_start) problems.period_end = 'The end is before the beginning.'
  if (!deadline) problems.deadline = 'Say by when reviews are due.'
  else if (deadline < today && deadline !== before?.deadline) problems.deadline = 'This day has passed.'
  if (draft.scope === 'unit' && !draft.unit) problems.unit_id = 'Choose a unit.'
  const names = draft.traits.map(trait => trait.name.trim())
  for (const [index, trait] of draft.traits.entries()) {
    const name = names[index] ?? ''
    if (!name) problems[traitField(trait.key)] = 'Name the trait.'
    else if (names.indexOf(name) < index)
      problems[traitField(trait.key)] = 'There is a trait of this name already.'
    for (const question of trait.questions)
      if (!question.text.trim()) problems[questionField(question.key)] = 'Write the question, or remove it.'
  }
  return problems
}

/** The list with one of its things a place up or down. */
export function moved<T>(items: readonly T[], from: number, step: 1 | -1): T[] {
  const next = [...items]
  const [item] = next.splice(from, 1)
  if (item !== undefined) next.splice(from + step, 0, item)
  return next
}

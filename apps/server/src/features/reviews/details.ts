/** What a cycle says: reading and checking it, its questions and its audience, beyond what a schema can tell. */
import type { AudienceBody, EditReviewCycleBody, ReviewTrait, TraitBody } from '@pms/contract'
import { newId } from '@pms/notifier/database'
import type { Kysely } from 'kysely'
import { type Day, dayInWords } from '../../calendar.ts'
import type { Tables, Tx } from '../../database.ts'
import { unprocessable } from '../../http/errors.ts'
import type { ReviewCycleTable } from './tables.ts'

/** Those who work here, also who is away for a while: their year is reviewed too. */
export const REVIEWED = ['active', 'on_leave'] as const

type CycleDetails = Pick<ReviewCycleTable, 'name' | 'period_start' | 'period_end' | 'deadline'>

/** What a body says, on top of what was said before. */
export function mergeDetails(body: EditReviewCycleBody, before?: CycleDetails): CycleDetails {
  const pick = (key: keyof CycleDetails) => body[key] ?? before?.[key] ?? ''
  return {
    name: pick('name').trim(),
    period_start: pick('period_start'),
    period_end: pick('period_end'),
    deadline: pick('deadline'),
  }
}

/** @throws 422 with the field */
export function checkDetails(details: CycleDetails, today: Day, before?: CycleDetails): void {
  if (details.period_end < details.period_start) {
    throw unprocessable('period_end', 'period_end must not be before period_start')
  }
  if (details.deadline !== before?.deadline) checkDueDay('deadline', details.deadline, today)
}

/** @throws 422 when the day has passed */
export function checkDueDay(field: string, day: Day, today: Day): void {
  if (day < today) throw unprocessable(field, `${field} must not be in the past: it was ${dayInWords(day)}`)
}

/** Puts these questions in the place of all that the cycle had. */
export async function writeTraits(tx: Tx, cycleId: string, traits: readonly TraitBody[]): Promise<void> {
  const names = traits.map(trait => trait.name.trim())
  const again = names.findIndex((name, index) => names.indexOf(name) < index)
  if (again >= 0) {
    throw unprocessable(
      `traits.${again}.name`,
      `traits.${again}.name is there already: ask about ${names[again]} in one place`,
    )
  }
  await tx.db.deleteFrom('review_questions').where('cycle_id', '=', cycleId).execute()
  const questions = traits.flatMap(trait =>
    trait.questions.map(question => ({ ...question, trait: trait.name.trim() })),
  )
  if (questions.length === 0) return
  await tx.db
    .insertInto('review_questions')
    .values(
      questions.map(({ trait, text, required = true }, position) => ({
        id: newId(),
        cycle_id: cycleId,
        position,
        trait,
        text: text.trim(),
        is_required: required ? 1 : 0,
      })),
    )
    .execute()
}

export async function readTraits(db: Kysely<Tables>, cycleId: string): Promise<ReviewTrait[]> {
  const questions = await db
    .selectFrom('review_questions')
    .selectAll()
    .where('cycle_id', '=', cycleId)
    .orderBy('position')
    .execute()
  const traits = Map.groupBy(questions, question => question.trait)
  return [...traits].map(([name, asked]) => ({
    name,
    questions: asked.map(({ id, text, is_required }) => ({ id, text, required: is_required === 1 })),
  }))
}

/** What the cycle keeps of its audience. Those chosen by name are rows of their own: `writeChosen`. */
export async function checkAudience(
  db: Kysely<Tables>,
  { scope, unit_id = null, user_ids = [] }: AudienceBody,
): Promise<Pick<ReviewCycleTable, 'scope' | 'unit_id'>> {
  if (scope !== 'unit' && unit_id !== null) {
    throw unprocessable('audience.unit_id', 'audience.unit_id must be left out unless the scope is unit')
  }
  if (scope !== 'people' && user_ids.length > 0) {
    throw unprocessable('audience.user_ids', 'audience.user_ids must be left out unless the scope is people')
  }
  if (scope === 'unit') {
    if (unit_id === null) throw unprocessable('audience.unit_id', 'audience.unit_id is required')
    const unit = await db.selectFrom('org_units').select('id').where('id', '=', unit_id).executeTakeFirst()
    if (!unit) throw unprocessable('audience.unit_id', 'audience.unit_id is no unit of this organisation')
  }
  if (scope === 'people') await checkPeople(db, 'audience.user_ids', user_ids)
  return { scope, unit_id }
}

/** Puts these people in the place of all that were chosen by name. */
export async function writeChosen(tx: Tx, cycleId: string, userIds: readonly string[]): Promise<void> {
  await tx.db.deleteFrom('review_participants').where('cycle_id', '=', cycleId).execute()
  if (userIds.length === 0) return
  await tx.db
    .insertInto('review_participants')
    .values(userIds.map(user_id => ({ cycle_id: cycleId, user_id, assigned_at: null })))
    .execute()
}

/** @throws 422 unless all of them work here */
export async function checkPeople(
  db: Kysely<Tables>,
  field: string,
  userIds: readonly string[],
): Promise<void> {
  if (userIds.length === 0) return
  const rows = await db
    .selectFrom('users')
    .select(['id', 'name', 'status'])
    .where('id', 'in', userIds)
    .execute()
  const people = new Map(rows.map(person => [person.id, person]))
  for (const [index, id] of userIds.entries()) {
    const person = people.get(id)
    if (!person) {
      throw unprocessable(`${field}.${index}`, `${field}.${index} is nobody in this organisation`)
    }
    if (!REVIEWED.some(status => status === person.status)) {
      throw unprocessable(`${field}.${index}`, `${person.name} is ${person.status} and cannot take part`)
    }
  }
}

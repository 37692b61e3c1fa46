/** Into whose hands an initiative may be given. */
import type { InitiativeType, PersonRef } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { Caller } from '../../auth/caller.ts'
import type { Tables } from '../../database.ts'
import { forbidden, unprocessable } from '../../http/errors.ts'
import type { Organisation } from '../../organisation.ts'

/** Who is to do it, and who of them answers for it. */
export interface Hands {
  assigneeIds: readonly string[]
  headId: string
}

interface Wanted {
  assignee_ids?: readonly string[]
  head_id?: string | null
}

/** One person for an individual initiative; a group and its head for the others. Throws 422 with the field. */
export function readHands(type: InitiativeType, { assignee_ids, head_id }: Wanted, before?: Hands): Hands {
  const assigneeIds = assignee_ids ?? before?.assigneeIds
  const [first] = assigneeIds ?? []
  if (!assigneeIds || first === undefined) {
    throw unprocessable('assignee_ids', 'assignee_ids is required: a group needs to know who is in it')
  }
  if (type === 'INDIVIDUAL') {
    if (assigneeIds.length > 1) {
      throw unprocessable('assignee_ids', 'assignee_ids must name one person for an individual initiative')
    }
    if (typeof head_id === 'string' && head_id !== first) {
      throw unprocessable('head_id', 'head_id must be left out: an individual initiative has no other head')
    }
    return { assigneeIds, headId: first }
  }
  const headId = head_id ?? before?.headId
  if (headId === undefined) throw unprocessable('head_id', 'head_id is required: a group has a head')
  if (!assigneeIds.includes(headId)) {
    throw unprocessable('head_id', 'head_id must be one of the assignees')
  }
  return { assigneeIds, headId }
}

/** Whether nothing would change hands. */
export function isSame(some: Hands, others: Hands): boolean {
  return (
    some.headId === others.headId &&
    some.assigneeIds.length === others.assigneeIds.length &&
    some.assigneeIds.every(id => others.assigneeIds.includes(id))
  )
}

/** A proposal is about work that its creator takes part in. Throws 422 with the field. */
export async function checkProposed(
  db: Kysely<Tables>,
  people: Organisation,
  creatorId: string,
  { assigneeIds }: Hands,
): Promise<void> {
  if (!assigneeIds.includes(creatorId)) {
    throw unprocessable('assignee_ids', 'assignee_ids must include who proposes the initiative')
  }
  for (const id of assigneeIds) if (id !== creatorId) await findActive(db, people, id)
}

/** Throws 403 unless the caller stands above each of them, 422 for whoever could not do it. */
export async function checkAssigned(
  db: Kysely<Tables>,
  people: Organisation,
  caller: Caller,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) await findBelow(db, people, caller, id)
  for (const id of ids) await findActive(db, people, id)
}

async function findBelow(
  db: Kysely<Tables>,
  people: Organisation,
  caller: Caller,
  id: string,
): Promise<void> {
  const person = await find(db, people, id)
  if (!(await people.isAbove(db, caller.id, id))) {
    throw forbidden(`You can assign initiatives to people below you; ${person.name} is not`)
  }
}

async function findActive(db: Kysely<Tables>, people: Organisation, id: string): Promise<void> {
  const person = await find(db, people, id)
  if (person.status !== 'active') {
    throw unprocessable(
      'assignee_ids',
      `${person.name} is not active and could not do it`,
      'assignee_not_active',
    )
  }
}

async function find(db: Kysely<Tables>, people: Organisation, id: string) {
  const person = await people.findPerson(db, id)
  if (!person) throw unprocessable('assignee_ids', 'assignee_ids names nobody in this organisation')
  return person
}

/** Their names, as they stand in a history. */
export async function namesOf(
  db: Kysely<Tables>,
  people: Organisation,
  ids: readonly string[],
): Promise<string> {
  const found: (PersonRef | undefined)[] = []
  for (const id of ids) found.push(await people.findPerson(db, id))
  return found
    .map(person => person?.name ?? '')
    .sort()
    .join(', ')
}

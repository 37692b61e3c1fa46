/** Showing initiatives to a caller: with names, with whom they wait for, and with what the caller can do. */
import type { Initiative, InitiativeExtension, PersonRef } from '@pms/contract'
import type { Kysely, SelectQueryBuilder } from 'kysely'
import type { Caller } from '../../auth/caller.ts'
import type { Tables } from '../../database.ts'
import type { Organisation } from '../../organisation.ts'
import { allowedActions, allowedOnExtension, type Relation } from './policy.ts'
import { approversOf, relationTo, reviewersOf } from './relation.ts'
import type { InitiativeExtensionTable, InitiativeTable } from './tables.ts'
import type { Team } from './team.ts'

type Db = Kysely<Tables>

/** Adds the names that an initiative is shown with. */
export function withNames<O>(initiatives: SelectQueryBuilder<Tables, 'initiatives', O>) {
  return initiatives
    .innerJoin('users as creator', 'creator.id', 'initiatives.creator_id')
    .innerJoin('users as head', 'head.id', 'initiatives.head_id')
    .leftJoin('users as reviewer', 'reviewer.id', 'initiatives.reviewed_by_id')
    .selectAll('initiatives')
    .select(['creator.name as creator_name', 'head.name as head_name', 'reviewer.name as reviewer_name'])
}

export type NamedInitiative = InitiativeTable & {
  creator_name: string
  head_name: string
  reviewer_name: string | null
}

type NamedExtension = InitiativeExtensionTable & { requester_name: string; decider_name: string | null }

/** In the order in which they came. Whatever is the same for several is looked up once. */
export async function showInitiatives(
  db: Db,
  people: Organisation,
  caller: Caller,
  rows: readonly NamedInitiative[],
): Promise<Initiative[]> {
  const ids = rows.map(row => row.id)
  const teams = await teamsOf(db, ids)
  const extensions = new Map(
    (await extensionsOf(db, ids))
      .filter(extension => extension.status === 'PENDING')
      .map(extension => [extension.initiative_id, extension]),
  )
  const remembering = remember(people)
  const shown: Initiative[] = []
  for (const row of rows) {
    const team = teams.get(row.id) ?? { people: [], assigneeIds: [], everIds: [] }
    const extension = extensions.get(row.id)
    const relation = await relationTo(db, remembering, caller, row, team)
    const reviewers = await reviewersOf(db, remembering, row, team)
    const waitingOn = async (): Promise<PersonRef[]> => {
      if (row.status === 'PENDING_APPROVAL') return approversOf(db, remembering, row, team)
      if (row.status === 'ASSIGNED') return [{ id: row.head_id, name: row.head_name }]
      return row.status === 'COMPLETED' ? reviewers : []
    }
    const waiting_on = await waitingOn()
    shown.push({
      ...shownAsItIs(row),
      assignees: team.people,
      waiting_on,
      waiting_since: waiting_on.length > 0 ? row.waiting_since : null,
      open_extension: extension ? showExtension(extension, relation, reviewers) : null,
      allowed_actions: allowedActions(relation, {
        status: row.status,
        isExtensionOpen: extension !== undefined,
      }),
    })
  }
  return shown
}

/** Every request for more time for one initiative, oldest first. */
export async function showExtensions(
  db: Db,
  people: Organisation,
  caller: Caller,
  initiative: InitiativeTable,
): Promise<InitiativeExtension[]> {
  const team = (await teamsOf(db, [initiative.id])).get(initiative.id)
  if (!team) return []
  const relation = await relationTo(db, people, caller, initiative, team)
  const reviewers = await reviewersOf(db, people, initiative, team)
  const extensions = await extensionsOf(db, [initiative.id])
  return extensions.map(extension => showExtension(extension, relation, reviewers))
}

function shownAsItIs(row: NamedInitiative) {
  return {
    id: row.id,
    type: row.type,
    title: row.title,
    description: row.description,
    status: row.status,
    urgency: row.urgency,
    due_date: row.due_date,
    goal_id: row.goal_id,
    revision: row.revision,
    created_by: { id: row.creator_id, name: row.creator_name },
    head: { id: row.head_id, name: row.head_name },
    reason: row.reason,
    submitted_at: row.submitted_at,
    score: row.score,
    feedback: row.feedback,
    reviewed_by: refOf(row.reviewed_by_id, row.reviewer_name),
    reviewed_at: row.reviewed_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

function showExtension(
  extension: NamedExtension,
  relation: Relation,
  reviewers: readonly PersonRef[],
): InitiativeExtension {
  return {
    id: extension.id,
    status: extension.status,
    requested_by: { id: extension.requested_by_id, name: extension.requester_name },
    due_date: extension.due_date,
    new_due_date: extension.new_due_date,
    reason: extension.reason,
    decided_by: refOf(extension.decided_by_id, extension.decider_name),
    decided_at: extension.decided_at,
    denial_reason: extension.denial_reason,
    waiting_on: extension.status === 'PENDING' ? [...reviewers] : [],
    created_at: extension.created_at,
    allowed_actions: allowedOnExtension(relation, extension.status),
  }
}

function refOf(id: string | null, name: string | null): PersonRef | null {
  return id === null ? null : { id, name: name ?? '' }
}

async function teamsOf(db: Db, ids: readonly string[]): Promise<Map<string, Team & { people: PersonRef[] }>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('initiative_assignees')
    .innerJoin('users', 'users.id', 'initiative_assignees.user_id')
    .select(['initiative_id', 'user_id', 'left_at', 'users.name'])
    .where('initiative_id', 'in', ids)
    .orderBy('users.name')
    .orderBy('users.id')
    .execute()
  const teams = Map.groupBy(rows, row => row.initiative_id)
  return new Map(
    [...teams].map(([id, members]) => {
      const present = members.filter(member => member.left_at === null)
      return [
        id,
        {
          people: present.map(member => ({ id: member.user_id, name: member.name })),
          assigneeIds: present.map(member => member.user_id),
          everIds: members.map(member => member.user_id),
        },
      ]
    }),
  )
}

async function extensionsOf(db: Db, ids: readonly string[]): Promise<NamedExtension[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('initiative_extensions')
    .innerJoin('users as requester', 'requester.id', 'initiative_extensions.requested_by_id')
    .leftJoin('users as decider', 'decider.id', 'initiative_extensions.decided_by_id')
    .selectAll('initiative_extensions')
    .select(['requester.name as requester_name', 'decider.name as decider_name'])
    .where('initiative_id', 'in', ids)
    .orderBy('initiative_extensions.id')
    .execute()
}

/** Asks once about each person: most of a page is the work of the same few. */
function remember(people: Organisation): Organisation {
  const approvers = new Map<string, Promise<PersonRef[]>>()
  const above = new Map<string, Promise<boolean>>()
  return {
    ...people,
    approversOf: (db, userId, except = []) =>
      once(approvers, [userId, ...except].join(), () => people.approversOf(db, userId, except)),
    isAbove: (db, bossId, userId) =>
      once(above, `${bossId} ${userId}`, () => people.isAbove(db, bossId, userId)),
  }
}

function once<T>(known: Map<string, Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? find()
  known.set(key, found)
  return found
}

/** Reading review cycles: the cycles, who is reviewed in them, and how far each department is. */
import type {
  Participant,
  ParticipantPage,
  ParticipantQuery,
  PersonRef,
  ReviewCycle,
  ReviewCycleDetail,
  ReviewCyclePage,
  ReviewCycleQuery,
  ReviewFunnel,
  ReviewStatus,
} from '@pms/contract'
import { contains } from '../../contains.ts'
import { pageOf } from '../../paging.ts'
import { audienceOf, audienceSeen, cyclesSeen } from './audience.ts'
import { readTraits } from './details.ts'
import { cycleActions, isKeeper, participantActions } from './policy.ts'
import { isInTeam, type Reader, shownStatus } from './sight.ts'
import type { ReviewCycleTable } from './tables.ts'

/** Cycles that the caller may see, newest first. */
export async function listCycles(reader: Reader, query: ReviewCycleQuery): Promise<ReviewCyclePage> {
  const selected = (await cyclesSeen(reader)).$if(query.status !== undefined, cycles =>
    cycles.where('review_cycles.status', '=', query.status ?? 'draft'),
  )
  const { total } = await selected
    .select(eb => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await selected
    .selectAll('review_cycles')
    .orderBy('review_cycles.created_at', 'desc')
    .orderBy('review_cycles.id', 'desc')
    .offset(query.skip)
    .limit(query.limit)
    .execute()
  const items: ReviewCycle[] = []
  for (const row of rows) items.push(await toCycle(reader, row))
  return pageOf(items, Number(total), query.skip)
}

/** The row of a cycle; undefined when it is not there or not the caller's to see. */
export async function findCycle(reader: Reader, id: string): Promise<ReviewCycleTable | undefined> {
  return (await cyclesSeen(reader))
    .where('review_cycles.id', '=', id)
    .selectAll('review_cycles')
    .executeTakeFirst()
}

export async function cycleDetail(reader: Reader, id: string): Promise<ReviewCycleDetail | undefined> {
  const cycle = await findCycle(reader, id)
  return cycle && { ...(await toCycle(reader, cycle)), traits: await readTraits(reader.db, id) }
}

async function toCycle(reader: Reader, cycle: ReviewCycleTable): Promise<ReviewCycle> {
  const { db, people, caller } = reader
  const isParticipant =
    cycle.activated_at !== null &&
    (await audienceOf(db, people, cycle).where('users.id', '=', caller.id).executeTakeFirst()) !== undefined
  return {
    id: cycle.id,
    name: cycle.name,
    status: cycle.status,
    period_start: cycle.period_start,
    period_end: cycle.period_end,
    deadline: cycle.deadline,
    reason: cycle.reason,
    activated_at: cycle.activated_at,
    ended_at: cycle.ended_at,
    created_at: cycle.created_at,
    is_participant: isParticipant,
    audience: isKeeper(caller) ? await summary(reader, cycle) : null,
    allowed_actions: cycleActions(caller, cycle.status),
  }
}

async function summary({ db, people }: Reader, cycle: ReviewCycleTable): Promise<ReviewCycle['audience']> {
  const { count } = await db
    .selectFrom(audienceOf(db, people, cycle).as('audience'))
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const { assigned } = await db
    .selectFrom('review_participants')
    .where('cycle_id', '=', cycle.id)
    .select(eb => eb.fn.count<number>('assigned_at').as('assigned'))
    .executeTakeFirstOrThrow()
  const unit = await db
    .selectFrom('org_units')
    .select(['id', 'name'])
    .where('id', '=', cycle.unit_id)
    .executeTakeFirst()
  return { scope: cycle.scope, unit: unit ?? null, count: Number(count), assigned: Number(assigned) }
}

/** Those reviewed whom the caller may know of, by name. */
export async function listParticipants(
  reader: Reader,
  cycle: ReviewCycleTable,
  query: ParticipantQuery,
): Promise<ParticipantPage> {
  const { db, people, caller } = reader
  const selected = audienceSeen(reader, cycle).$if(query.search !== undefined, users =>
    users.where(eb => contains(eb.ref('users.name'), query.search ?? '')),
  )
  const { total } = await db
    .selectFrom(selected.as('audience'))
    .select(eb => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom('users')
    .leftJoin('org_units', 'org_units.id', 'users.unit_id')
    .where('users.id', 'in', selected)
    .select(['users.id', 'users.name', 'org_units.id as unit_id', 'org_units.name as unit_name'])
    .select(eb =>
      eb
        .case()
        .when(isInTeam(eb, reader, eb.ref('users.id')))
        .then(eb.lit(1))
        .else(eb.lit(0))
        .end()
        .as('is_in_team'),
    )
    .orderBy('users.name')
    .orderBy('users.id')
    .offset(query.skip)
    .limit(query.limit)
    .execute()
  const items: Participant[] = []
  for (const { id, name, unit_id, unit_name, is_in_team } of rows) {
    const isSelf = id === caller.id
    // Who prepares the draft chooses the peers and so knows them. Afterwards only who manages reviews does, and in no
    // state the one whom they review.
    const mayKnow = !isSelf && (isKeeper(caller) || (cycle.status === 'draft' && is_in_team === 1))
    const approvers = await people.approversOf(db, id)
    const isApprover = approvers.some(person => person.id === caller.id)
    items.push({
      user: { id, name },
      unit: unit_id !== null && unit_name !== null ? { id: unit_id, name: unit_name } : null,
      peers: mayKnow ? await peersOf(reader, cycle, id) : null,
      allowed_actions: participantActions({ isSelf, isKeeper: isKeeper(caller), isApprover }, cycle.status),
    })
  }
  return pageOf(items, Number(total), query.skip)
}

/** Peers by name: as chosen; once the cycle has begun, those who do review. */
function peersOf({ db }: Reader, cycle: ReviewCycleTable, userId: string): Promise<PersonRef[]> {
  const users = db
    .selectFrom('users')
    .select(['users.id', 'users.name'])
    .orderBy('users.name')
    .orderBy('users.id')
  return cycle.activated_at === null
    ? users
        .innerJoin('review_peers', 'review_peers.peer_id', 'users.id')
        .where('review_peers.cycle_id', '=', cycle.id)
        .where('review_peers.user_id', '=', userId)
        .execute()
    : users
        .innerJoin('reviews', 'reviews.reviewer_id', 'users.id')
        .where('reviews.cycle_id', '=', cycle.id)
        .where('reviews.reviewee_id', '=', userId)
        .where('reviews.kind', '=', 'peer')
        .execute()
}

/**
 * How many reviews are in which state, by the department of who is reviewed; who is in none counts with their own
 * unit. Reviews by others about the caller are left out: a count that moves would tell that one was begun.
 */
export async function reviewFunnel(reader: Reader, cycleId: string): Promise<ReviewFunnel> {
  const { db, caller } = reader
  const units = await db.selectFrom('org_units').selectAll().execute()
  const byId = new Map(units.map(unit => [unit.id, unit]))
  const departmentOf = (unitId: string | null) => {
    for (let unit = byId.get(unitId ?? ''); unit; unit = byId.get(unit.parent_id ?? '')) {
      if (unit.kind === 'department') return unit
    }
    return byId.get(unitId ?? '') ?? null
  }
  const rows = await db
    .selectFrom('reviews')
    .innerJoin('users', 'users.id', 'reviews.reviewee_id')
    .where('reviews.cycle_id', '=', cycleId)
    .where(eb =>
      eb.or([eb('reviews.reviewee_id', '!=', caller.id), eb('reviews.reviewer_id', '=', caller.id)]),
    )
    .select(eb => [
      'users.unit_id',
      shownStatus(eb, reader).as('shown'),
      eb.fn.countAll<number>().as('count'),
    ])
    .groupBy(['users.unit_id', 'shown'])
    .execute()
  const none: Record<ReviewStatus, number> = {
    pending: 0,
    in_progress: 0,
    overdue: 0,
    completed: 0,
    closed: 0,
  }
  const departments = new Map<string, ReviewFunnel['departments'][number]>()
  for (const { unit_id, shown, count } of rows) {
    const unit = departmentOf(unit_id)
    const department = departments.get(unit?.id ?? '') ?? {
      unit: unit && { id: unit.id, name: unit.name },
      ...none,
      total: 0,
    }
    department[shown] += Number(count)
    department.total += Number(count)
    departments.set(unit?.id ?? '', department)
  }
  return {
    departments: [...departments.values()].sort((one, other) =>
      (one.unit?.name ?? '').localeCompare(other.unit?.name ?? ''),
    ),
  }
}

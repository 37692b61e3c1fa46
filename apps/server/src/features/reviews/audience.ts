/** Who is reviewed in a cycle, and which of them somebody may know of. For use inside other queries. */
import type { Kysely } from 'kysely'
import type { Tables } from '../../database.ts'
import type { Organisation } from '../../organisation.ts'
import { REVIEWED } from './details.ts'
import { isKeeper } from './policy.ts'
import { isInTeam, type Reader } from './sight.ts'
import type { ReviewCycleTable } from './tables.ts'

type Cycle = Pick<ReviewCycleTable, 'id' | 'status' | 'scope' | 'unit_id' | 'activated_at'>

/** Those reviewed: of a draft as it would be if it were activated now; afterwards, those it was activated with. */
export function audienceOf(db: Kysely<Tables>, people: Organisation, cycle: Cycle) {
  const named = db
    .selectFrom('users')
    .where('users.id', 'in', query =>
      query
        .selectFrom('review_participants')
        .where('review_participants.cycle_id', '=', cycle.id)
        .select('review_participants.user_id'),
    )
    .select('users.id')
  if (cycle.activated_at !== null) return named
  if (cycle.scope === 'people') return named.where('users.status', 'in', REVIEWED)
  const all = db.selectFrom('users').where('users.status', 'in', REVIEWED).select('users.id')
  const { scope, unit_id } = cycle
  return scope === 'unit' && unit_id !== null
    ? all.where(({ eb, ref }) => eb(ref('users.unit_id'), 'in', people.unitIds(db, unit_id)))
    : all
}

/** Those of the audience whom this reader may know of: all, or who is below them or somebody they stand in for. */
export function audienceSeen(reader: Reader, cycle: Cycle) {
  const { db, people, caller } = reader
  const audience = audienceOf(db, people, cycle)
  if (isKeeper(caller)) return audience
  return audience.where('users.id', '!=', caller.id).where(eb => isInTeam(eb, reader, eb.ref('users.id')))
}

/**
 * Cycles that this reader may know of. A draft is known to those who prepare it: who manages reviews, and supervisors
 * of those in it; a cycle that began, to everybody who takes part as well.
 */
export async function cyclesSeen(reader: Reader) {
  const { db, caller } = reader
  const cycles = db.selectFrom('review_cycles')
  if (isKeeper(caller)) return cycles
  const drafts = await cycles.selectAll().where('activated_at', 'is', null).execute()
  const preparing: string[] = []
  for (const cycle of drafts) {
    if (await audienceSeen(reader, cycle).limit(1).executeTakeFirst()) preparing.push(cycle.id)
  }
  return cycles.where(eb =>
    eb.or([
      ...preparing.map(id => eb('review_cycles.id', '=', id)),
      eb.and([
        eb('review_cycles.activated_at', 'is not', null),
        eb.or([
          eb.exists(
            eb
              .selectFrom('review_participants')
              .whereRef('review_participants.cycle_id', '=', 'review_cycles.id')
              .where(part =>
                part.or([
                  part('review_participants.user_id', '=', caller.id),
                  isInTeam(part, reader, part.ref('review_participants.user_id')),
                ]),
              )
              .select('review_participants.user_id'),
          ),
          eb.exists(
            eb
              .selectFrom('reviews')
              .whereRef('reviews.cycle_id', '=', 'review_cycles.id')
              .where('reviews.reviewer_id', '=', caller.id)
              .select('reviews.id'),
          ),
        ]),
      ]),
    ]),
  )
}

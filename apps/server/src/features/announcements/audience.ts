/** Whom an announcement is for, and what a caller is to it. */
import { setImmediate as others } from 'node:timers/promises'
import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import type { Caller } from '../../auth/caller.ts'
import type { Tables, Tx } from '../../database.ts'
import type { Relation } from './policy.ts'
import type { AnnouncementTable } from './tables.ts'

type Db = Kysely<Tables>

/** Recipients in one statement: tens of thousands would hold everybody else up, also those who only read. */
const KEPT_AT_ONCE = 2_500

/**
 * Keeps whom it is published to, once and for all: people come, go and move while it is on its way, and each of these
 * gets it once all the same. Who may not sign in is left out, and so are these.
 * @returns how many there are
 */
export async function fixAudience(
  tx: Tx,
  announcement: AnnouncementTable,
  except: readonly string[],
): Promise<number> {
  const { id, audience, unit_id, role } = announcement
  let kept = 0
  for (let last = ''; ; ) {
    const people = tx.db
      .selectFrom('users')
      .where('users.id', '>', last)
      .where('users.status', 'in', ['active', 'on_leave'])
      .where('users.id', 'not in', except)
      .$if(audience === 'unit', part => part.where('users.unit_id', 'in', unitsBelow(tx.db, unit_id ?? '')))
      .$if(audience === 'role', part => part.where('users.role', '=', role ?? 'staff'))
      .orderBy('users.id')
      .limit(KEPT_AT_ONCE)
    const { numInsertedOrUpdatedRows = 0n } = await tx.db
      .insertInto('announcement_recipients')
      .columns(['announcement_id', 'user_id'])
      .expression(people.select(({ val }) => [val(id).as('announcement_id'), 'users.id as user_id']))
      .executeTakeFirstOrThrow()
    kept += Number(numInsertedOrUpdatedRows)
    if (numInsertedOrUpdatedRows < KEPT_AT_ONCE) return kept
    const { user_id } = await tx.db
      .selectFrom('announcement_recipients')
      .select('user_id')
      .where('announcement_id', '=', id)
      .orderBy('user_id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    last = user_id
    await others()
  }
}

/** Whether it is out and for this person: it was published to them, or to where they are now. */
export function concerns(
  eb: ExpressionBuilder<Tables, 'announcements'>,
  db: Db,
  caller: Caller,
): Expression<SqlBool> {
  return eb.and([
    eb('announcements.status', '=', 'PUBLISHED'),
    eb.or([
      eb('announcements.audience', '=', 'everyone'),
      eb.and([eb('announcements.audience', '=', 'role'), eb('announcements.role', '=', caller.role)]),
      eb.and([
        eb('announcements.audience', '=', 'unit'),
        eb('announcements.unit_id', 'in', unitsAbove(db, caller.id)),
      ]),
      eb.exists(
        eb
          .selectFrom('announcement_recipients as mine')
          .select('mine.user_id')
          .whereRef('mine.announcement_id', '=', 'announcements.id')
          .where('mine.user_id', '=', caller.id),
      ),
    ]),
  ])
}

/** What the caller may see: who publishes sees all there is, drafts too. */
export function seenBy(eb: ExpressionBuilder<Tables, 'announcements'>, db: Db, caller: Caller) {
  return isPublisher(caller) ? eb.lit(true) : concerns(eb, db, caller)
}

export function isPublisher(caller: Caller): boolean {
  return caller.permissions.has('announcements.publish')
}

/** @param mine the caller's row among the recipients, if there is one */
export function relationTo(
  caller: Caller,
  announcement: Pick<AnnouncementTable, 'requires_acknowledgement'>,
  mine: { acknowledged_at: string | null } | undefined,
): Relation {
  return {
    isPublisher: isPublisher(caller),
    isAsked: mine !== undefined && announcement.requires_acknowledgement === 1,
    hasAcknowledged: (mine?.acknowledged_at ?? null) !== null,
  }
}

/** Ids of a unit and of those below it, for use inside a query. */
function unitsBelow(db: Db, unitId: string) {
  return db
    .withRecursive('below(id)', below =>
      below
        .selectFrom('org_units')
        .where('org_units.id', '=', unitId)
        .select('org_units.id')
        // Not `union all`: that each unit comes up once is what would end a loop.
        .union(
          below
            .selectFrom('below')
            .innerJoin('org_units', 'org_units.parent_id', 'below.id')
            .select('org_units.id'),
        ),
    )
    .selectFrom('below')
    .select('below.id')
    .$asScalar()
}

/** Ids of a person's unit and of those above it, for use inside a query. */
function unitsAbove(db: Db, userId: string) {
  return db
    .withRecursive('above(id)', above =>
      above
        .selectFrom('users')
        .where('users.id', '=', userId)
        .select('users.unit_id as id')
        .union(
          above
            .selectFrom('above')
            .innerJoin('org_units', 'org_units.id', 'above.id')
            .select('org_units.parent_id as id'),
        ),
    )
    .selectFrom('above')
    .where('above.id', 'is not', null)
    .select(({ ref }) => ref('above.id').$castTo<string>().as('id'))
    .$asScalar()
}

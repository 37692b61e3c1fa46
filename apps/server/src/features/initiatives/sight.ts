/** Which initiatives a caller may see, and which of them are wanted: conditions for many at once. */
import type { InitiativeQuery } from '@pms/contract'
import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import type { Caller } from '../../auth/caller.ts'
import { contains } from '../../contains.ts'
import type { Tables } from '../../database.ts'
import type { Organisation } from '../../organisation.ts'

type Db = Kysely<Tables>
type Eb = ExpressionBuilder<Tables, 'initiatives'>
export type Condition = (eb: Eb) => Expression<SqlBool>

/** The same as `canSee`, for many at once: whoever decides about one is above its people, stands in, or was asked. */
export function seenBy(db: Db, people: Organisation, caller: Caller): Condition {
  if (caller.permissions.has('goals.view_all')) return eb => eb.lit(true)
  const team = people.teamIds(db, caller.id)
  const inPlace = people.standInIds(db, caller.id)
  return eb =>
    eb.or([
      eb('initiatives.creator_id', '=', caller.id),
      eb('initiatives.creator_id', 'in', team),
      eb('initiatives.creator_id', 'in', inPlace),
      eb('initiatives.head_id', 'in', inPlace),
      isAssignedTo(eb, caller.id),
      isAssignedTo(eb, team),
      isAskedOf(eb, caller.id),
    ])
}

/** `waiting`: as it was asked; those who decide no more are not asked any more either. */
export function inScope(
  db: Db,
  people: Organisation,
  caller: Caller,
  scope: InitiativeQuery['scope'] | 'asked' | 'sent',
): Condition {
  switch (scope) {
    case undefined:
      return eb => eb.lit(true)
    case 'mine':
      return eb => isAssignedTo(eb, caller.id)
    case 'team':
      return eb => isAssignedTo(eb, people.teamIds(db, caller.id))
    case 'asked':
      return eb => isAskedOf(eb, caller.id)
    case 'waiting':
      return eb =>
        eb.or([
          isAskedOf(eb, caller.id),
          eb.and([eb('initiatives.status', '=', 'ASSIGNED'), eb('initiatives.head_id', '=', caller.id)]),
        ])
    case 'sent':
      return eb =>
        eb.or([
          eb.and([
            eb('initiatives.status', '=', 'PENDING_APPROVAL'),
            eb('initiatives.creator_id', '=', caller.id),
          ]),
          eb.and([eb('initiatives.status', '=', 'COMPLETED'), eb('initiatives.head_id', '=', caller.id)]),
          eb(
            'initiatives.id',
            'in',
            eb
              .selectFrom('initiative_extensions')
              .select('initiative_extensions.initiative_id')
              .where('initiative_extensions.status', '=', 'PENDING')
              .where('initiative_extensions.requested_by_id', '=', caller.id),
          ),
        ])
  }
}

export function isWanted(query: InitiativeQuery): Condition {
  const { status, urgency, type, due_after, due_before, goal_id, assignee_id, search } = query
  return eb =>
    eb.and([
      ...(status ? [eb('initiatives.status', '=', status)] : []),
      ...(urgency ? [eb('initiatives.urgency', '=', urgency)] : []),
      ...(type ? [eb('initiatives.type', '=', type)] : []),
      ...(due_after ? [eb('initiatives.due_date', '>=', due_after)] : []),
      ...(due_before ? [eb('initiatives.due_date', '<=', due_before)] : []),
      ...(goal_id ? [eb('initiatives.goal_id', '=', goal_id)] : []),
      ...(assignee_id ? [isAssignedTo(eb, assignee_id)] : []),
      ...(search ? [contains(eb.ref('initiatives.title'), search)] : []),
    ])
}

function isAssignedTo(eb: Eb, who: string | Expression<string>): Expression<SqlBool> {
  return eb(
    'initiatives.id',
    'in',
    eb
      .selectFrom('initiative_assignees')
      .select('initiative_assignees.initiative_id')
      .where('initiative_assignees.left_at', 'is', null)
      .where('initiative_assignees.user_id', typeof who === 'string' ? '=' : 'in', who),
  )
}

/** An open request about it, or about more time for it, awaits this person. */
function isAskedOf(eb: Eb, userId: string): Expression<SqlBool> {
  const requests = eb.selectFrom('request_holders').where('request_holders.user_id', '=', userId)
  return eb.or([
    eb(
      'initiatives.id',
      'in',
      requests.where('request_holders.object_type', '=', 'initiative').select('request_holders.object_id'),
    ),
    eb(
      'initiatives.id',
      'in',
      requests
        .innerJoin('initiative_extensions', 'initiative_extensions.id', 'request_holders.object_id')
        .where('request_holders.object_type', '=', 'initiative_extension')
        .select('initiative_extensions.initiative_id'),
    ),
  ])
}

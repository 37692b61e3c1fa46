/** What other features are told of people. */
import type { Day } from '../../calendar.ts'
import type { Organisation } from '../../organisation.ts'
import { findUser } from './queries.ts'
import { aboveIds, approversOf, holdersOf, isAbove, standInIds, teamIds } from './reporting-lines.ts'
import { unitIds } from './units/queries.ts'

/** @param today what day it is in the organisation: delegations go by it */
export function organisationOf(today: () => Day): Organisation {
  return {
    approversOf: (db, userId, except) => approversOf(db, today(), userId, except),
    isAbove,
    aboveIds,
    holdersOf,
    teamIds: (db, userId) => teamIds(db, userId).$asScalar(),
    standInIds: (db, userId) => standInIds(db, today(), userId).$asScalar(),
    findPerson: findUser,
    unitIds: (db, unitId) => unitIds(db, unitId).$asScalar(),
  }
}

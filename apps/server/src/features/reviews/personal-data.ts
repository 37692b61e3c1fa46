/** What reviews say of a person, as far as they may know it themselves. */
import type { Caller } from '../../auth/caller.ts'
import type { Day } from '../../calendar.ts'
import { ProblemError } from '../../http/errors.ts'
import type { Organisation } from '../../organisation.ts'
import { type PersonalPart, part } from '../../personal-data/part.ts'
import { reviewResults } from './results.ts'

/** Results of the cycles that are over, whoever asks: as the one they are about reads them. */
export function reviewResultsPart(people: Organisation, today: () => Day): PersonalPart {
  return part(
    'review_results',
    (db, userId) =>
      db
        .selectFrom('review_cycles')
        .select(['id', 'name', 'period_start', 'period_end'])
        .where('status', '=', 'completed')
        .where('id', 'in', query =>
          query.selectFrom('reviews').select('cycle_id').where('reviewee_id', '=', userId),
        ),
    {
      async tell(cycles, db, userId) {
        const reader = { db, people, caller: themselves(userId), today: today() }
        const results = []
        for (const cycle of cycles)
          results.push({ ...cycle, result: await orNone(reviewResults(reader, cycle.id, userId)) })
        return results
      },
    },
  )
}

/** Nobody's sight but one's own. */
const themselves = (id: string): Caller => ({
  id,
  name: '',
  email: '',
  role: 'staff',
  permissions: new Set(),
  sessionId: '',
  expiresAt: 0,
})

/** Not all who were reviewed have results to read. */
async function orNone<R>(result: Promise<R>): Promise<R | null> {
  try {
    return await result
  } catch (error) {
    if (error instanceof ProblemError) return null
    throw error
  }
}

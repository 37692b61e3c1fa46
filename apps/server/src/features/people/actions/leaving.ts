/** Letting somebody go: what is open goes to somebody else, whatever feature it is of. */
import type { OpenWork } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { Caller } from '../../../auth/caller.ts'
import { withdrawOnboardingLink } from '../../../auth/onboarding.ts'
import type { Tables, Tx } from '../../../database.ts'
import type { Handover } from '../../../handover.ts'
import { ProblemError, unprocessable } from '../../../http/errors.ts'
import { assertActive, assertNotLast } from '../accounts.ts'
import { type Follow, followLines } from '../following.ts'
import { decidesForAll } from '../permissions.ts'
import type { UserTable } from '../tables.ts'
import { tellOfAbsence, tellOfTeams } from '../telling.ts'
import { changeStatus } from './status.ts'

interface Leaving {
  /** Who takes over; null: nobody was named. */
  to: string | null
  follow: Follow
  handovers: readonly Handover[]
}

/** Archives an account that the caller holds for it. */
export async function letGo(
  tx: Tx,
  caller: Caller,
  person: UserTable,
  { to, follow, handovers }: Leaving,
): Promise<void> {
  const { id } = person
  await assertNotLast(tx, person)
  if (to === id) throw unprocessable('handover_to', 'Nobody takes over from themselves')
  const successor = to === null ? null : await assertActive(tx, 'handover_to', to, 'successor')
  const work = await openWorkOf(tx.db, id, handovers)
  if (work.total > 0 && !successor) throw openWorkLeft(person, work)
  if (successor) for (const port of handovers) await port.handOver(tx, caller, person, successor)
  await tellOfTeams(tx, id, [id, person.supervisor_id, successor?.id])

  await withdrawOnboardingLink(tx, id)
  // Whoever was away has nobody in their place now, and whoever left is not away but gone.
  const away = await tx.db
    .deleteFrom('delegations')
    .where(({ eb, or }) => or([eb('user_id', '=', id), eb('delegate_id', '=', id)]))
    .where('followed', '!=', 'over')
    .returningAll()
    .execute()
  for (const row of away) await tellOfAbsence(tx, row, row.followed === 'running', [caller.id])
  const detail = successor ? { handover_to: successor.id, open_work: work.items } : {}
  await changeStatus(tx, caller, person, 'archived', detail)

  const lines = [id, ...(successor ? [successor.id] : []), ...away.map(row => row.user_id)]
  if (decidesForAll(person.role)) await follow(tx, null)
  else await followLines(tx, follow, lines)
}

/** What would go to somebody else, by kind; kinds without any are left out. */
export async function openWorkOf(
  db: Kysely<Tables>,
  userId: string,
  handovers: readonly Handover[],
): Promise<OpenWork> {
  const items = []
  for (const { kind, count } of handovers) items.push({ kind, count: await count(db, userId) })
  const open = items.filter(item => item.count > 0)
  return { items: open, total: open.reduce((sum, item) => sum + item.count, 0) }
}

function openWorkLeft(person: UserTable, { items }: OpenWork): ProblemError {
  const words = items.map(({ kind, count }) => `${count} ${kind}`)
  return new ProblemError(
    409,
    'open_work',
    `${person.name} has open work (${words.join(', ')}): say in handover_to who takes it over`,
    {
      currentStatus: person.status,
      errors: words.map(message => ({ field: 'handover_to', message })),
    },
  )
}

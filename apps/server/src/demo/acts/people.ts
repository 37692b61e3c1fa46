/** Plays what the story tells of people; and lets those enter who were there from the beginning. */
import { randomUUID } from 'node:crypto'
import { redeemOnboarding } from '../../auth/onboarding.ts'
import type { AppDatabase, Tx } from '../../database.ts'
import { createUser } from '../../features/people/actions.ts'
import { findUser } from '../../features/people/queries.ts'
import { DEMO_DOMAIN } from '../accounts.ts'
import { DEMO_PEOPLE, DEMO_UNITS, type DemoPerson, LEAVER } from '../organisation.ts'
import type { PeopleEvent } from '../stories/people.ts'
import type { Cast, Stage } from './stage.ts'

/** @returns the ids of the units, by their keys */
export async function buildOrganisation(
  database: AppDatabase,
  people: Cast,
  passwordHash: string,
): Promise<Map<string, string>> {
  const units = new Map<string, string>()
  await database.transaction(async tx => {
    for (const { key, name, kind, parent } of DEMO_UNITS) {
      const id = randomUUID()
      units.set(key, id)
      const parent_id = parent === null ? null : (units.get(parent) ?? null)
      await tx.db.insertInto('org_units').values({ id, name, kind, parent_id }).execute()
    }
    for (const person of [...DEMO_PEOPLE, LEAVER]) {
      const user = await createUser(tx, null, {
        ...detailsOf(person, units, people),
        password_hash: passwordHash,
      })
      people.enter(person.account, user)
    }
  })
  return units
}

export async function playPeople(stage: Stage, { who, step }: PeopleEvent): Promise<void> {
  const { features, people, things, units } = stage
  const caller = people.get(who)
  switch (step.verb) {
    case 'hire': {
      const { person } = step
      const { id, onboarding } = await features.people.hire(caller, detailsOf(person, units, people))
      things.set(linkOf(person.account), onboarding.path?.split('token=')[1] ?? '')
      return enter(stage, person.account, id)
    }
    case 'onboard':
      return stage.database.transaction(tx => onboard(tx, stage, who))
    case 'go_on_leave':
      return features.people.setStatus(caller, people.get(step.person).id, { status: 'on_leave' })
    case 'archive':
      return features.people.archive(caller, people.get(step.person).id, {})
    case 'set_role': {
      const { id } = people.get(step.person)
      await features.people.setRole(caller, id, { role: step.role })
      return enter(stage, step.person, id)
    }
    case 'delegate':
      await features.delegations.create(caller, {
        delegate_id: people.get(step.to).id,
        from: step.from,
        to: step.until,
        reason: step.reason,
      })
      return
  }
}

/** As signing in by the link does it; only that the password was hashed before, once for all. */
async function onboard(tx: Tx, { people, things, passwordHash }: Stage, account: string): Promise<void> {
  if (!(await redeemOnboarding(tx, things.get(linkOf(account))))) throw new Error(`${account} has no link`)
  await tx.db
    .updateTable('users')
    .set({ password_hash: passwordHash, updated_at: tx.now })
    .where('id', '=', people.get(account).id)
    .execute()
}

async function enter({ database, people }: Stage, account: string, id: string): Promise<void> {
  const user = await findUser(database.db, id)
  if (!user) throw new Error(`${account} is not there`)
  people.enter(account, user)
}

function detailsOf(person: DemoPerson, units: ReadonlyMap<string, string>, people: Cast) {
  return {
    name: person.name,
    email: `${person.account}@${DEMO_DOMAIN}`,
    job_title: person.job,
    unit_id: units.get(person.unit) ?? null,
    supervisor_id: person.reportsTo === null ? null : people.get(person.reportsTo).id,
    role: person.role,
  }
}

const linkOf = (account: string) => `link of ${account}`

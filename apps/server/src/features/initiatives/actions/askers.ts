/** How requests about initiatives go along when whoever decides about somebody's work becomes somebody else. */
import type { Tx } from '../../../database.ts'
import type { Organisation } from '../../../organisation.ts'
import type { Asker } from '../../../requests/requests.ts'
import { approversOf, reviewersOf } from '../relation.ts'
import { type Held, holdInitiative } from '../steps.ts'
import { askForTime, askToApprove, askToReview } from './about.ts'

/** Of proposals, and of what was submitted. */
export function initiativeAsker(people: Organisation): Asker {
  return {
    async approversOf(tx, id) {
      const { initiative, team } = await hold(tx, id)
      const deciders = initiative.status === 'COMPLETED' ? reviewersOf : approversOf
      return deciders(tx.db, people, initiative, team)
    },
    async ask(tx, id, to) {
      const { initiative } = await hold(tx, id)
      if (initiative.status === 'COMPLETED') {
        askToReview(tx, await personOf(tx, people, initiative.head_id), initiative, to)
      } else {
        askToApprove(tx, await personOf(tx, people, initiative.creator_id), initiative, to)
      }
    },
  }
}

/** Of requests for more time. */
export function extensionAsker(people: Organisation): Asker {
  return {
    async approversOf(tx, id) {
      const { initiative, team } = await holdOfExtension(tx, id)
      return reviewersOf(tx.db, people, initiative, team)
    },
    async shownOn(tx, id) {
      const { initiative } = await holdOfExtension(tx, id)
      return { type: 'initiative', id: initiative.id }
    },
    async ask(tx, id, to) {
      const { initiative, openExtension } = await holdOfExtension(tx, id)
      if (!openExtension) throw new Error(`The extension ${id} awaits nobody`)
      const asks = await personOf(tx, people, openExtension.requested_by_id)
      askForTime(tx, asks, initiative, openExtension, to)
    },
  }
}

async function hold(tx: Tx, id: string): Promise<Held> {
  const held = await holdInitiative(tx, id)
  if (!held) throw new Error(`There is no initiative ${id}`)
  return held
}

async function holdOfExtension(tx: Tx, extensionId: string): Promise<Held> {
  const { initiative_id } = await tx.db
    .selectFrom('initiative_extensions')
    .select('initiative_id')
    .where('id', '=', extensionId)
    .executeTakeFirstOrThrow()
  return hold(tx, initiative_id)
}

async function personOf(tx: Tx, people: Organisation, id: string) {
  const person = await people.findPerson(tx.db, id)
  if (!person) throw new Error(`There is no person ${id}`)
  return person
}

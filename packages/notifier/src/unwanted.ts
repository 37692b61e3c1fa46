/**
 * Leaves out of a flush whoever wants no such notification. What needs action is never left out: whoever is asked must
 * hear of it.
 */
import type { EngineTx } from './database/database.ts'
import type { Intent } from './intents.ts'

/** The same intents, each for those who want what it makes. */
export async function withoutUnwanted(tx: EngineTx, intents: readonly Intent[]): Promise<Intent[]> {
  const wanted: Intent[] = []
  for (const intent of intents) wanted.push(await forThoseWhoWantIt(tx, intent))
  return wanted
}

async function forThoseWhoWantIt(tx: EngineTx, intent: Intent): Promise<Intent> {
  if (intent.kind !== 'create' || intent.draft.needs_action === 1) return intent
  const { type, object_type, object_id } = intent.draft
  const object = object_type === null || object_id === null ? null : { type: object_type, id: object_id }
  const unwanted = new Set(await tx.unwantedBy(intent.userIds, { type, object }))
  if (unwanted.size === 0) return intent
  return { ...intent, userIds: intent.userIds.filter(id => !unwanted.has(id)) }
}

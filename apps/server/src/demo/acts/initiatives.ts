/** Plays what the story tells of initiatives. */
import type { InitiativeEvent } from '../stories/initiatives.ts'
import type { Stage } from './stage.ts'

export async function playInitiative(
  stage: Stage,
  { who, initiative, step }: InitiativeEvent,
): Promise<void> {
  const { initiatives } = stage.features
  const { people, things } = stage
  const caller = people.get(who)
  if (step.verb === 'propose' || step.verb === 'assign') {
    const { verb, team, serves, ...details } = step
    const assignee_ids = team.map(account => people.get(account).id)
    const head = details.type === 'GROUP' ? { head_id: assignee_ids[0] ?? null } : {}
    const body = { ...details, ...head, assignee_ids, goal_id: things.find(serves) }
    const make = verb === 'propose' ? initiatives.proposeInitiative : initiatives.assignInitiative
    return things.set(initiative, await make(caller, body))
  }
  const id = things.get(initiative)
  switch (step.verb) {
    case 'approve':
      await initiatives.approveInitiative(caller, id, {})
      break
    case 'reject':
      await initiatives.rejectInitiative(caller, id, step)
      break
    case 'resubmit':
      await initiatives.resubmitInitiative(caller, id, {})
      break
    case 'start':
      await initiatives.startInitiative(caller, id)
      break
    case 'submit':
      await initiatives.submitInitiative(caller, id, step)
      break
    case 'review':
      await initiatives.reviewInitiative(caller, id, step)
      break
    case 'return':
      await initiatives.returnInitiative(caller, id, step)
      break
    case 'request_extension':
      await initiatives.requestExtension(caller, id, step)
      break
    case 'approve_extension':
      await initiatives.approveExtension(caller, { extension_id: await openExtension(stage, id) }, {})
      break
    case 'deny_extension':
      await initiatives.denyExtension(caller, { extension_id: await openExtension(stage, id) }, step)
      break
  }
}

async function openExtension({ database }: Stage, initiativeId: string): Promise<string> {
  const { id } = await database.db
    .selectFrom('initiative_extensions')
    .select('id')
    .where('initiative_id', '=', initiativeId)
    .where('status', '=', 'PENDING')
    .executeTakeFirstOrThrow()
  return id
}

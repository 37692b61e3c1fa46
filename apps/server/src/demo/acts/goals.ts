/** Plays what the story tells of goals. */
import type { FreezeEvent, GoalEvent } from '../stories/goals.ts'
import type { Stage } from './stage.ts'

export async function playGoal(
  { features: { goals }, people, things }: Stage,
  { who, goal, owner, step }: GoalEvent,
): Promise<void> {
  const caller = people.get(who)
  switch (step.verb) {
    case 'create': {
      const { verb: _, serves, ...details } = step
      const id = await goals.createGoal(caller, { ...details, parent_goal_id: things.find(serves) })
      return things.set(goal, id)
    }
    case 'assign': {
      const { verb: _, serves, ...details } = step
      const id = await goals.assignGoal(caller, {
        ...details,
        type: 'INDIVIDUAL',
        parent_goal_id: things.find(serves),
        assigned_to_user_id: people.get(owner).id,
      })
      return things.set(goal, id)
    }
  }
  const id = things.get(goal)
  switch (step.verb) {
    case 'approve':
      await goals.approveGoal(caller, id, {})
      break
    case 'accept':
      await goals.acceptGoal(caller, id)
      break
    case 'resubmit':
      await goals.resubmitGoal(caller, id, {})
      break
    case 'achieve':
      await goals.achieveGoal(caller, id)
      break
    case 'reject':
      await goals.rejectGoal(caller, id, step)
      break
    case 'decline':
      await goals.declineGoal(caller, id, step)
      break
    case 'discard':
      await goals.discardGoal(caller, id, step)
      break
    case 'progress':
      await goals.reportProgress(caller, id, step)
      break
  }
}

export async function playFreeze({ features, people }: Stage, event: FreezeEvent): Promise<void> {
  await features.freezes.freezeQuarter(people.get(event.who), event)
}

/** Plays what the story tells of reviews. */
import type { Caller } from '../../auth/caller.ts'
import type { ReviewEvent } from '../stories/reviews.ts'
import type { Stage } from './stage.ts'

export async function playReview(stage: Stage, { who, cycle, step }: ReviewEvent): Promise<void> {
  const { cycles, reviews } = stage.features
  const { people, things } = stage
  const caller = people.get(who)
  if (step.verb === 'prepare') {
    const user_ids = step.people?.map(account => people.get(account).id)
    const audience = user_ids ? { scope: 'people' as const, user_ids } : { scope: 'everyone' as const }
    return things.set(cycle, await cycles.createCycle(caller, { ...step.cycle, audience }))
  }
  const cycleId = things.get(cycle)
  switch (step.verb) {
    case 'choose_peers': {
      const peer_ids = step.peers.map(account => people.get(account).id)
      await cycles.choosePeers(caller, cycleId, people.get(step.reviewee).id, { peer_ids })
      break
    }
    case 'activate':
      await cycles.activateCycle(caller, cycleId)
      break
    case 'complete':
      await cycles.completeCycle(caller, cycleId)
      break
    case 'save': {
      const questions = await questionsOf(stage, cycleId)
      const answers = step.answers.map((answer, index) => ({
        ...answer,
        question_id: questions[index] ?? '',
      }))
      const id = await reviewOf(stage, cycleId, caller, people.get(step.reviewee))
      await reviews.saveAnswers(caller, id, { answers })
      break
    }
    case 'submit':
      await reviews.submitReview(
        caller,
        await reviewOf(stage, cycleId, caller, people.get(step.reviewee)),
        {},
      )
      break
  }
}

async function reviewOf(
  { database }: Stage,
  cycleId: string,
  reviewer: Caller,
  reviewee: Caller,
): Promise<string> {
  const { id } = await database.db
    .selectFrom('reviews')
    .select('id')
    .where('cycle_id', '=', cycleId)
    .where('reviewee_id', '=', reviewee.id)
    .where('reviewer_id', '=', reviewer.id)
    .executeTakeFirstOrThrow(() => new Error(`${reviewer.name} writes no review of ${reviewee.name}`))
  return id
}

async function questionsOf({ database }: Stage, cycleId: string): Promise<string[]> {
  const rows = await database.db
    .selectFrom('review_questions')
    .select('id')
    .where('cycle_id', '=', cycleId)
    .orderBy('position')
    .execute()
  return rows.map(row => row.id)
}

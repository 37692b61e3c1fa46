/**
 * One goal for several people: a few at a time, so that one sees how far it is, and every one of them on their own, so
 * that one who cannot have it keeps nobody else from it. Pure but for the call that it is given.
 */
import type { BulkAssignGoalResult } from '@pms/contract'
import { ApiError, sentenceOf } from '../../api/problem.ts'
import type { Candidate } from '../../shared/people.ts'

/** So many go out with one call. */
const TOGETHER = 5

export type Share =
  | { person: Candidate; state: 'waiting' }
  | { person: Candidate; state: 'asked'; goalId: string }
  | { person: Candidate; state: 'refused'; why: string }

/** People who go out with one call. Sent again after a lost answer it has the same key, and nobody is asked twice. */
export interface Batch {
  key: string
  people: readonly Candidate[]
}

/** Gives it to a batch; throws when there is no answer, or when what is wrong is wrong for all. */
export type Send = (batch: Batch) => Promise<BulkAssignGoalResult>

export function batchesOf(people: readonly Candidate[], newKey: () => string): Batch[] {
  const batches: Batch[] = []
  for (let from = 0; from < people.length; from += TOGETHER)
    batches.push({ key: newKey(), people: people.slice(from, from + TOGETHER) })
  return batches
}

/**
 * Gives it to all of them, one batch after the other.
 * @param tell hears of every batch as it is answered
 * @returns the batches that came to no answer, to be sent as they are
 * @throws what is wrong with the goal itself, when nobody has been asked yet
 */
export async function handOut(
  batches: readonly Batch[],
  send: Send,
  tell: (shares: readonly Share[]) => void,
): Promise<Batch[]> {
  const unanswered: Batch[] = []
  for (const batch of batches) {
    try {
      const { results } = await send(batch)
      tell(batch.people.map((person, at) => shareOf(person, results[at])))
    } catch (error) {
      const isAnswer = error instanceof ApiError && error.status >= 400 && error.status < 500
      if (isAnswer && batch === batches[0]) throw error
      if (!isAnswer) unanswered.push(batch)
      tell(batch.people.map(person => ({ person, state: 'refused', why: sentenceOf(error) })))
    }
  }
  return unanswered
}

function shareOf(person: Candidate, result: BulkAssignGoalResult['results'][number] | undefined): Share {
  if (result?.goal_id) return { person, state: 'asked', goalId: result.goal_id }
  return { person, state: 'refused', why: result?.problem?.detail ?? 'The server said nothing of them.' }
}

/** The shares with what is new of some of them. */
export function withNews(shares: readonly Share[], news: readonly Share[]): Share[] {
  const byId = new Map(news.map(share => [share.person.id, share]))
  return shares.map(share => byId.get(share.person.id) ?? share)
}

export const waitingShare = (person: Candidate): Share => ({ person, state: 'waiting' })

export const refusedOf = (shares: readonly Share[]): Candidate[] =>
  shares.flatMap(({ person, state }) => (state === 'refused' ? [person] : []))

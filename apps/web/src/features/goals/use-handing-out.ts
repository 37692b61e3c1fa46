/** One goal on its way to several people: who has it, who has not and why, and another try for those. */
import type { BulkAssignGoalBody, BulkAssignGoalResult } from '@pms/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { post } from '../../api/client.ts'
import { listsChanged } from '../../api/query-client.ts'
import type { Candidate } from '../../shared/people.ts'
import { randomKey } from '../../ui/random-key.ts'
import {
  type Batch,
  batchesOf,
  handOut,
  refusedOf,
  type Send,
  type Share,
  waitingShare,
  withNews,
} from './handing-out.ts'

type Goal = Omit<BulkAssignGoalBody, 'user_ids'>

const sender =
  (goal: Goal): Send =>
  ({ key, people }) => {
    const body: BulkAssignGoalBody = { ...goal, user_ids: people.map(({ id }) => id) }
    return post<BulkAssignGoalResult>('/api/goals/bulk-assign', body, { idempotencyKey: key })
  }

export function useHandingOut() {
  const client = useQueryClient()
  const [shares, setShares] = useState<readonly Share[]>([])
  const unanswered = useRef<readonly Batch[]>([])

  /** @returns those who have not got it */
  const work = useMutation({
    async mutationFn({ goal, batches }: { goal: Goal; batches: readonly Batch[] }): Promise<Candidate[]> {
      const missing: Candidate[] = []
      unanswered.current = await handOut(batches, sender(goal), news => {
        missing.push(...refusedOf(news))
        setShares(all => withNews(all, news))
      })
      return missing
    },
    // What is wrong with the goal itself is said where it is written.
    onError: () => setShares([]),
    onSettled: () => void listsChanged(client, 'goal'),
  })

  return {
    /** Empty until it goes out. */
    shares,
    busy: work.isPending,
    error: work.error,
    start(goal: Goal, people: readonly Candidate[]) {
      setShares(people.map(waitingShare))
      return work.mutateAsync({ goal, batches: batchesOf(people, randomKey) })
    },
    /** For those who have not got it. */
    again(goal: Goal) {
      const asBefore = new Set(unanswered.current.flatMap(({ people }) => people.map(({ id }) => id)))
      const people = refusedOf(shares)
      const afresh = people.filter(({ id }) => !asBefore.has(id))
      setShares(all => withNews(all, people.map(waitingShare)))
      return work.mutateAsync({ goal, batches: [...unanswered.current, ...batchesOf(afresh, randomKey)] })
    },
    /** Back to where it is written. */
    leave: () => setShares([]),
  }
}

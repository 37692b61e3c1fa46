/**
 * What became of the requests that were decided on this page. They stay where they were, with what was decided, until
 * the page is left: one sees what one did, and nothing moves under the hand.
 */
import type { ApprovalItem, DecideBody, DecideResult, Decision } from '@pms/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { post } from '../../api/client.ts'
import { sentenceOf } from '../../api/problem.ts'
import { keyOf } from './words.ts'

export type Outcome =
  /** Shown as done at once; the answer is on its way. */
  | { item: ApprovalItem; decision: Decision; state: 'sent' | 'done' }
  | { item: ApprovalItem; decision: Decision; state: 'refused'; why: string }

export type Outcomes = ReadonlyMap<string, Outcome>

/** As many as one call takes. */
const AT_ONCE = 100

export interface Deciding {
  item: ApprovalItem
  decision: Decision
}

export function useDecide() {
  const client = useQueryClient()
  const [outcomes, setOutcomes] = useState<Outcomes>(new Map())
  const add = (some: readonly Outcome[]) =>
    setOutcomes(all => new Map([...all, ...some.map(one => [keyOf(one.item), one] as const)]))

  async function decide(deciding: readonly Deciding[], reason?: string): Promise<void> {
    add(deciding.map(one => ({ ...one, state: 'sent' })))
    for (let from = 0; from < deciding.length; from += AT_ONCE) {
      const some = deciding.slice(from, from + AT_ONCE)
      add(await send(some, reason))
    }
    // News of each change comes by itself; whoever acted need not wait for it.
    void client.invalidateQueries({ predicate: ({ queryKey: [kind] }) => FOLLOWERS.has(String(kind)) })
  }

  return {
    outcomes,
    decide,
    /** Takes one out of sight: it is asked about again if it still waits. */
    forget: (item: ApprovalItem) =>
      setOutcomes(all => new Map([...all].filter(([key]) => key !== keyOf(item)))),
  }
}

const FOLLOWERS = new Set(['approval', 'goal', 'initiative', 'review', 'announcement'])

/** What became of each, whether the call as a whole arrived or not. */
async function send(deciding: readonly Deciding[], reason?: string): Promise<Outcome[]> {
  const body: DecideBody = {
    decisions: deciding.map(({ item: { kind, id, revision }, decision }) => ({
      kind,
      id,
      decision,
      ...(reason ? { reason } : {}),
      ...(revision === null ? {} : { revision }),
    })),
  }
  try {
    const { results } = await post<DecideResult>('/api/approvals/decide', body)
    return deciding.map((one, index) =>
      results[index]?.ok
        ? { ...one, state: 'done' }
        : { ...one, state: 'refused', why: results[index]?.problem?.detail ?? 'This could not be decided.' },
    )
  } catch (error) {
    return deciding.map(one => ({ ...one, state: 'refused', why: sentenceOf(error) }))
  }
}

/** What waits, and what was decided here, each where it was: oldest first. */
export function withDecided(waiting: readonly ApprovalItem[], outcomes: Outcomes): ApprovalItem[] {
  const here = new Map([...outcomes.values()].map(({ item }) => [keyOf(item), item]))
  // What still waits is shown as it is now.
  for (const item of waiting) here.set(keyOf(item), item)
  const place = (item: ApprovalItem) => `${item.waiting_since} ${keyOf(item)}`
  return [...here.values()].sort((a, b) => (place(a) < place(b) ? -1 : 1))
}

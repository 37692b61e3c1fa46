import type { BulkAssignGoalResult } from '@pms/contract'
import { describe, expect, it } from 'vitest'
import { ApiError, unreachable } from '../src/api/problem.ts'
import { type Batch, batchesOf, handOut, refusedOf, type Share } from '../src/features/goals/handing-out.ts'

const people = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eva', 'Finn'].map(name => ({ id: name, name, job_title: '' }))
const problem = (status: number, detail: string) => ({
  type: 'about:blank',
  title: detail,
  status,
  detail,
  code: 'no',
})
const asked = ({ people: some }: Batch): BulkAssignGoalResult => ({
  results: some.map(({ id }) => ({ user_id: id, ok: true, goal_id: `goal of ${id}` })),
})

/** Hands it out and keeps what was told. */
async function run(batches: readonly Batch[], send: (batch: Batch) => BulkAssignGoalResult) {
  const told: Share[][] = []
  const unanswered = await handOut(
    batches,
    async batch => send(batch),
    news => told.push([...news]),
  )
  return { told, unanswered }
}

function batches() {
  let keys = 0
  return batchesOf(people, () => `key ${++keys}`)
}

describe('a goal for several people', () => {
  it('goes out a few at a time, each batch under a key of its own', async () => {
    expect(batches().map(({ key, people: some }) => [key, some.length])).toEqual([
      ['key 1', 5],
      ['key 2', 1],
    ])
    const { told, unanswered } = await run(batches(), asked)
    expect(told.map(news => news.length)).toEqual([5, 1])
    expect(told.at(-1)).toEqual([{ person: people[5], state: 'asked', goalId: 'goal of Finn' }])
    expect(unanswered).toEqual([])
  })

  it('says of each who cannot have it why', async () => {
    const { told, unanswered } = await run(batches(), batch => ({
      results: asked(batch).results.map(result =>
        result.user_id === 'Ben'
          ? { user_id: 'Ben', ok: false, problem: problem(422, 'Ben is not active') }
          : result,
      ),
    }))
    expect(refusedOf(told.flat())).toEqual([people[1]])
    expect(told.flat()[1]).toMatchObject({ why: 'Ben is not active' })
    expect(unanswered).toEqual([])
  })

  it('keeps what came to no answer as it was sent, and goes on with the others', async () => {
    const { told, unanswered } = await run(batches(), batch => {
      if (batch.key === 'key 1') throw unreachable()
      return asked(batch)
    })
    expect(refusedOf(told.flat())).toHaveLength(5)
    expect(unanswered).toEqual([batches()[0]])
  })

  it('stops where the goal itself is wrong', async () => {
    const wrong = new ApiError(problem(422, 'year must be at least 2000'))
    const refusing = run(batches(), () => {
      throw wrong
    })
    await expect(refusing).rejects.toBe(wrong)
  })

  it('refuses those of a later batch whose call is refused, to be sent afresh', async () => {
    const { told, unanswered } = await run(batches(), batch => {
      if (batch.key === 'key 2') throw new ApiError(problem(403, 'Nobody reports to you'))
      return asked(batch)
    })
    expect(refusedOf(told.flat())).toEqual([people[5]])
    expect(unanswered).toEqual([])
  })
})

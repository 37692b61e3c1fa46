/** Saving a review as it is typed: one save at a time, nothing lost, nothing of others overwritten unasked. */
import type { ReviewDetail, SaveAnswersBody } from '@pms/contract'
import { expect, test } from 'vitest'
import { ApiError } from '../src/api/problem.ts'
import { createWriting, type Unsaved } from '../src/features/reviews/writing.ts'

const review = (revision: number, comment: string | null = null) =>
  ({
    revision,
    answers: comment === null ? [] : [{ question_id: 'q', rating: null, comment }],
  }) as unknown as ReviewDetail

const refusal = (status: number, code: string) =>
  new ApiError({ type: 'about:blank', title: '', status, detail: '', code })

/** A writing whose server answers when it is told to, and whose clock goes when it is told to. */
function begin(options: { kept?: Unsaved; server?: ReviewDetail } = {}) {
  const sent: SaveAnswersBody[] = []
  const answers: PromiseWithResolvers<ReviewDetail>[] = []
  const timers = new Set<() => void>()
  let kept: Unsaved | null = options.kept ?? null
  const writing = createWriting({
    review: options.server ?? review(0),
    send(body) {
      sent.push(body)
      const answer = Promise.withResolvers<ReviewDetail>()
      answers.push(answer)
      return answer.promise
    },
    onSaved: () => {},
    onRefused: () => {},
    read: async () => review(7, 'theirs'),
    kept: { read: () => kept, write: next => (kept = next) },
    later(work) {
      timers.add(work)
      return () => timers.delete(work)
    },
  })
  const close = writing.open()
  return {
    writing,
    close,
    sent,
    status: () => writing.state.get().status,
    comment: () => writing.state.get().answers.q?.comment,
    kept: () => kept,
    tick() {
      const due = [...timers]
      timers.clear()
      for (const work of due) work()
    },
    async answer(what: ReviewDetail | ApiError) {
      const next = answers.shift()
      if (what instanceof ApiError) next?.reject(what)
      else next?.resolve(what)
      await new Promise(resolve => setImmediate(resolve))
    },
  }
}

test('what is typed is kept at once, and sent when the typing pauses', async () => {
  const { writing, sent, status, kept, tick, answer } = begin()
  writing.change('q', { comment: 'Go' })
  writing.change('q', { comment: 'Good' })
  expect(kept()?.answers).toEqual({ q: { rating: null, comment: 'Good' } })
  expect(sent).toEqual([])
  tick()
  expect(sent).toEqual([{ revision: 0, answers: [{ question_id: 'q', rating: null, comment: 'Good' }] }])
  expect(status()).toBe('saving')
  await answer(review(1, 'Good'))
  expect(status()).toBe('saved')
  expect(kept()).toBeNull()
})

test('what is typed while a save is under way goes with the next, over the revision of the first', async () => {
  const { writing, sent, status, comment, tick, answer } = begin()
  writing.change('q', { comment: 'Good' })
  tick()
  writing.change('q', { comment: 'Good work' })
  tick()
  expect(sent).toHaveLength(1)
  await answer(review(1, 'Good'))
  expect(comment()).toBe('Good work')
  expect(status()).toBe('unsaved')
  tick()
  expect(sent[1]).toMatchObject({ revision: 1, answers: [{ comment: 'Good work' }] })
})

test('without an answer it is tried again; nothing of it is lost', async () => {
  const { writing, sent, status, tick, answer } = begin()
  writing.change('q', { comment: 'Good' })
  tick()
  await answer(refusal(0, 'unreachable'))
  expect(status()).toBe('failed')
  tick()
  expect(sent).toHaveLength(2)
})

test('what was saved elsewhere is told and stays, until it is chosen which to keep', async () => {
  const { writing, sent, status, comment, tick, answer } = begin()
  writing.change('q', { comment: 'mine' })
  tick()
  await answer(refusal(409, 'edited_elsewhere'))
  expect(status()).toBe('conflict')
  tick()
  expect(sent).toHaveLength(1)
  const settled = writing.settle('mine')
  await new Promise(resolve => setImmediate(resolve))
  expect(sent[1]).toMatchObject({ revision: 7, answers: [{ comment: 'mine' }] })
  await answer(review(8, 'mine'))
  await settled
  expect([status(), comment()]).toEqual(['saved', 'mine'])
})

test('where nothing was typed here, what is saved elsewhere is shown', () => {
  const { writing, comment, status } = begin()
  writing.heard(review(3, 'theirs'))
  expect([status(), comment()]).toEqual(['saved', 'theirs'])
  writing.heard(review(2, 'older'))
  expect(comment()).toBe('theirs')
})

test('a page that was closed too early goes on where it was', () => {
  const typed = { q: { rating: 4, comment: 'Good' } }
  const { sent, tick } = begin({ kept: { revision: 2, answers: typed, sent: {} }, server: review(2) })
  tick()
  expect(sent).toEqual([{ revision: 2, answers: [{ question_id: 'q', rating: 4, comment: 'Good' }] }])
})

test('what was on its way when the page closed, and arrived, is no change of somebody else', () => {
  const before = { rating: null, comment: 'Good' }
  const after = { rating: null, comment: 'Good work' }
  const kept = { revision: 2, answers: { q: after }, sent: { q: before } }
  const { sent, tick } = begin({ kept, server: review(3, 'Good') })
  tick()
  expect(sent[0]?.revision).toBe(3)
})

test('what is left is sent when the page closes', () => {
  const { writing, close, sent } = begin()
  writing.change('q', { comment: 'Good' })
  close()
  expect(sent).toHaveLength(1)
})

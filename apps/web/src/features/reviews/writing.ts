/**
 * A review while it is written: every change is kept at once in this browser and shortly after on the server. One
 * save at a time, each with the revision it builds on; what another tab or device saved meanwhile is never
 * overwritten unasked. Plain TypeScript: the page only reads it.
 */
import type { ReviewAnswer, ReviewDetail, SaveAnswersBody } from '@pms/contract'
import { ApiError } from '../../api/problem.ts'
import { createStore, type Store } from '../../api/store.ts'

export interface Answer {
  rating: number | null
  comment: string
}
export type Answers = Readonly<Record<string, Answer>>

/**
 * saved: nothing is lost if the machine goes up in smoke; unsaved: about to be sent; failed: no answer, tried again;
 * conflict: saved somewhere else since; refused: it cannot be saved any more.
 */
export type SaveStatus = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict' | 'refused'

export interface WritingState {
  answers: Answers
  status: SaveStatus
  /** Whether anything was saved since the page opened. */
  touched: boolean
  /** Why it was refused. */
  error: unknown
}

/** What was typed and not saved yet, as it outlives the page. */
export interface Unsaved {
  revision: number
  answers: Answers
  /** What was on its way: whether it arrived is not known. */
  sent: Answers
}

export interface WritingOptions {
  review: ReviewDetail
  send: (body: SaveAnswersBody) => Promise<ReviewDetail>
  /** Called with every review that a save was answered with. */
  onSaved: (review: ReviewDetail) => void
  /** Called when saving was refused: what is known of the review is out of date. */
  onRefused: () => void
  /** Asks for the review as it is on the server. */
  read: () => Promise<ReviewDetail>
  kept: { read: () => Unsaved | null; write: (unsaved: Unsaved | null) => void }
  later: (work: () => void, ms: number) => () => void
}

export interface Writing {
  state: Store<WritingState>
  change(questionId: string, changes: Partial<Answer>): void
  /** Saves what is not saved yet. @returns the revision that holds all of it; null when that could not be */
  flush(): Promise<number | null>
  /** The review as the server has it now, whoever changed it. */
  heard(review: ReviewDetail): void
  /** Settles a conflict: keeps what was typed here, or takes what was saved elsewhere. */
  settle(keep: 'mine' | 'theirs'): Promise<void>
  /** Begins to save; the function it returns saves what is left and ends that. */
  open(): () => void
}

const PAUSE = 500
const RETRY = 4_000
const NONE: Answer = { rating: null, comment: '' }

const answersOf = (answers: readonly ReviewAnswer[] | null): Answers =>
  Object.fromEntries(
    (answers ?? []).map(({ question_id, rating, comment }) => [
      question_id,
      { rating, comment: comment ?? '' },
    ]),
  )

export function createWriting(options: WritingOptions): Writing {
  const { send, onSaved, onRefused, read, kept, later } = options
  let revision = options.review.revision ?? 0
  let stored = answersOf(options.review.answers)
  /** Typed here and not known to be on the server. */
  let unsaved: Record<string, Answer> = {}
  let cancel = () => {}
  let running: Promise<void> | null = null
  let sent: Answers = {}
  let closed = true

  const before = kept.read()
  if (before) {
    unsaved = Object.fromEntries(
      Object.entries(before.answers).filter(([id, answer]) => !isSame(answer, stored[id])),
    )
    // What it was typed over is what it must be saved over: had somebody else saved since, that is told. What was on
    // its way when the page closed, and arrived, is nobody else's.
    const arrived =
      Object.keys(before.sent).length > 0 &&
      Object.entries(before.sent).every(([id, answer]) => isSame(answer, stored[id]))
    revision = arrived ? revision : before.revision
  }
  const state = createStore<WritingState>({
    answers: { ...stored, ...unsaved },
    status: Object.keys(unsaved).length > 0 ? 'unsaved' : 'saved',
    touched: false,
    error: null,
  })
  const show = (changes: Partial<WritingState>) =>
    state.set({ ...state.get(), answers: { ...stored, ...unsaved }, ...changes })
  const isClean = () => Object.keys(unsaved).length === 0
  const keep = () => kept.write(isClean() ? null : { revision, answers: unsaved, sent })

  function schedule(ms: number): void {
    cancel()
    if (!closed) cancel = later(() => void save(), ms)
  }

  /** Takes what the server has; what was typed meanwhile stays on top of it. */
  function adopt(review: ReviewDetail): void {
    revision = review.revision ?? revision
    stored = answersOf(review.answers)
  }

  function save(): Promise<void> {
    cancel()
    running ??= saveOnce().finally(() => {
      running = null
      if (!isClean() && state.get().status === 'unsaved') schedule(PAUSE)
    })
    return running
  }

  async function saveOnce(): Promise<void> {
    if (isClean()) return
    const sending = unsaved
    sent = sending
    keep()
    show({ status: 'saving' })
    try {
      const review = await send({ revision, answers: Object.entries(sending).map(toBody) })
      adopt(review)
      unsaved = Object.fromEntries(Object.entries(unsaved).filter(([id, answer]) => sending[id] !== answer))
      sent = {}
      keep()
      show({ status: isClean() ? 'saved' : 'unsaved', touched: true, error: null })
      onSaved(review)
    } catch (error) {
      const status = statusAfter(error)
      show({ status, error })
      if (status === 'failed') schedule(RETRY)
      else onRefused()
    }
  }

  const changed = () => {
    keep()
    const { status } = state.get()
    if (status === 'conflict' || status === 'refused') return show({})
    if (!running) show({ status: 'unsaved' })
    else show({})
    schedule(PAUSE)
  }

  return {
    state,
    change(questionId, changes) {
      const old = unsaved[questionId] ?? stored[questionId] ?? NONE
      unsaved = { ...unsaved, [questionId]: { ...old, ...changes } }
      changed()
    },
    async flush() {
      if (running) await running
      if (!isClean()) await save()
      return isClean() ? revision : null
    },
    heard(review) {
      if (running || review.revision === null || review.revision <= revision) return
      if (!isClean()) {
        cancel()
        return show({ status: 'conflict' })
      }
      adopt(review)
      show({ status: 'saved' })
    },
    async settle(choice) {
      const review = await read()
      adopt(review)
      if (choice === 'theirs') unsaved = {}
      keep()
      show({ status: isClean() ? 'saved' : 'unsaved', error: null })
      if (!isClean()) await save()
    },
    open() {
      closed = false
      // A page that was closed too early goes on where it was.
      if (!isClean()) schedule(0)
      return () => {
        closed = true
        const { status } = state.get()
        if (status !== 'conflict' && status !== 'refused') void save()
      }
    },
  }
}

function toBody([question_id, { rating, comment }]: [string, Answer]) {
  return { question_id, rating, comment: comment.trim() === '' ? null : comment }
}

const isSame = (one: Answer, other: Answer = NONE) =>
  one.rating === other.rating && one.comment.trim() === other.comment.trim()

function statusAfter(error: unknown): 'failed' | 'conflict' | 'refused' {
  if (!(error instanceof ApiError)) return 'failed'
  if (error.problem.code === 'edited_elsewhere') return 'conflict'
  return [403, 404, 409, 422].includes(error.status) ? 'refused' : 'failed'
}

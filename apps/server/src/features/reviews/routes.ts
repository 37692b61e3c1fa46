/** `/api/review-cycles` and `/api/reviews` */
import {
  CancelReviewCycleBody,
  ChoosePeersBody,
  CreateReviewCycleBody,
  EditReviewCycleBody,
  Id,
  ParticipantPage,
  ParticipantQuery,
  ReassignReviewBody,
  ReopenReviewBody,
  ReviewCycleDetail,
  ReviewCyclePage,
  ReviewCycleQuery,
  ReviewDetail,
  ReviewFunnel,
  ReviewPage,
  ReviewQuery,
  ReviewResults,
  SaveAnswersBody,
  SubmitReviewBody,
} from '@pms/contract'
import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import Type, { type Static, type TSchema } from 'typebox'
import { type Caller, callerOf } from '../../auth/caller.ts'
import type { Day } from '../../calendar.ts'
import type { AppDatabase, Tables } from '../../database.ts'
import { forbidden, notFound } from '../../http/errors.ts'
import type { ProblemCode } from '../../http/problem-codes.ts'
import type { Http } from '../../http/server.ts'
import type { Organisation } from '../../organisation.ts'
import type { CycleActions } from './actions/cycles.ts'
import type { ReviewActions } from './actions/reviews.ts'
import { cycleDetail, findCycle, listCycles, listParticipants, reviewFunnel } from './cycle-queries.ts'
import { isKeeper } from './policy.ts'
import { listReviews, reviewDetail } from './queries.ts'
import { reviewResults } from './results.ts'
import type { Reader } from './sight.ts'

const Params = Type.Object({ id: Id })
const PersonParams = Type.Object({ id: Id, user_id: Id })
const NoBody = Type.Object({})
const tags = ['reviews']
const shownCycle = { tags, response: { 200: ReviewCycleDetail } }
const shownReview = { tags, response: { 200: ReviewDetail } }

export interface ReviewRoutesOptions {
  database: AppDatabase
  people: Organisation
  today: () => Day
  cycles: CycleActions
  reviews: ReviewActions
}

export function reviewRoutes(http: Http, options: ReviewRoutesOptions): void {
  const { database, people, today, cycles, reviews } = options

  /** Reads for whoever asks, in one unchanging state of the database. */
  const read = <R>(caller: Caller, work: (reader: Reader) => Promise<R>): Promise<R> =>
    database.snapshot((db: Kysely<Tables>) => work({ db, people, caller, today: today() }))
  const readFor = <R>(request: FastifyRequest, work: (reader: Reader) => Promise<R>) =>
    read(callerOf(request), work)

  /** What a verb answers: the thing as it is after it. */
  async function showCycle(caller: Caller, id: string): Promise<ReviewCycleDetail> {
    const cycle = await read(caller, reader => cycleDetail(reader, id))
    if (!cycle) throw notFound('review cycle')
    return cycle
  }
  async function showReview(caller: Caller, id: string): Promise<ReviewDetail> {
    const review = await read(caller, reader => reviewDetail(reader, id))
    if (!review) throw notFound('review')
    return review
  }

  http.get(
    '/api/review-cycles',
    {
      schema: {
        tags,
        summary: 'Review cycles that the caller may see, newest first',
        querystring: ReviewCycleQuery,
        response: { 200: ReviewCyclePage },
      },
    },
    request => readFor(request, reader => listCycles(reader, request.query)),
  )

  http.get(
    '/api/review-cycles/:id',
    { schema: { summary: 'One review cycle with its questions', params: Params, ...shownCycle } },
    request => showCycle(callerOf(request), request.params.id),
  )

  http.post(
    '/api/review-cycles',
    {
      config: { idempotent: true, refuses: ['forbidden'] },
      schema: {
        tags,
        summary: 'Prepare a review cycle',
        body: CreateReviewCycleBody,
        response: { 201: ReviewCycleDetail },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      reply.code(201)
      return showCycle(caller, await cycles.createCycle(caller, request.body))
    },
  )

  http.patch(
    '/api/review-cycles/:id',
    {
      config: { refuses: ['forbidden', 'wrong_state'] },
      schema: {
        summary: 'Edit it; once it has begun only its name and deadline',
        params: Params,
        body: EditReviewCycleBody,
        ...shownCycle,
      },
    },
    async request => {
      const caller = callerOf(request)
      return showCycle(caller, await cycles.editCycle(caller, request.params.id, request.body))
    },
  )

  http.get(
    '/api/review-cycles/:id/participants',
    {
      schema: {
        tags,
        summary: 'Who is reviewed, by name: all of them, or those below the caller',
        params: Params,
        querystring: ParticipantQuery,
        response: { 200: ParticipantPage },
      },
    },
    request =>
      readFor(request, async reader => {
        const cycle = await findCycle(reader, request.params.id)
        if (!cycle) throw notFound('review cycle')
        return listParticipants(reader, cycle, request.query)
      }),
  )

  http.put(
    '/api/review-cycles/:id/participants/:user_id/peers',
    {
      config: { refuses: ['forbidden', 'wrong_state'] },
      schema: {
        summary: 'Choose who reviews somebody as a peer',
        params: PersonParams,
        body: ChoosePeersBody,
        ...shownCycle,
      },
    },
    async request => {
      const caller = callerOf(request)
      const { id, user_id } = request.params
      return showCycle(caller, await cycles.choosePeers(caller, id, user_id, request.body))
    },
  )

  http.get(
    '/api/review-cycles/:id/funnel',
    {
      config: { refuses: ['forbidden'] },
      schema: {
        tags,
        summary: 'How far it is, by department',
        params: Params,
        response: { 200: ReviewFunnel },
      },
    },
    request =>
      readFor(request, async reader => {
        const cycle = await findCycle(reader, request.params.id)
        if (!cycle) throw notFound('review cycle')
        if (!isKeeper(reader.caller)) throw forbidden('Only who manages reviews sees how far all of them are')
        return reviewFunnel(reader, cycle.id)
      }),
  )

  http.get(
    '/api/review-cycles/:id/results/:user_id',
    {
      config: { refuses: ['wrong_state'] },
      schema: {
        tags,
        summary: 'What came of one person’s reviews; for that person once the cycle is completed',
        params: PersonParams,
        response: { 200: ReviewResults },
      },
    },
    request => readFor(request, reader => reviewResults(reader, request.params.id, request.params.user_id)),
  )

  http.get(
    '/api/reviews',
    {
      schema: {
        tags,
        summary: 'Reviews that the caller may see, newest first',
        querystring: ReviewQuery,
        response: { 200: ReviewPage },
      },
    },
    request => readFor(request, reader => listReviews(reader, request.query)),
  )

  http.get(
    '/api/reviews/:id',
    { schema: { summary: 'One review with its questions', params: Params, ...shownReview } },
    request => showReview(callerOf(request), request.params.id),
  )

  const verb =
    <Shown>(path: string, shown: object, show: (caller: Caller, id: string) => Promise<Shown>) =>
    <Body extends TSchema>(
      name: string,
      summary: string,
      body: Body,
      act: (caller: Caller, id: string, body: Static<Body>) => Promise<string>,
      refuses: readonly ProblemCode[] = [],
    ) =>
      http.put(
        `${path}/:id/${name}`,
        {
          config: { refuses: ['forbidden', 'wrong_state', ...refuses] },
          schema: { summary, params: Params, body, ...shown },
        },
        async request => {
          const caller = callerOf(request)
          return show(caller, await act(caller, request.params.id, request.body as Static<Body>))
        },
      )
  const cycleVerb = verb('/api/review-cycles', shownCycle, showCycle)
  const reviewVerb = verb('/api/reviews', shownReview, showReview)

  cycleVerb('activate', 'Begin it: reviews are given out', NoBody, cycles.activateCycle)
  cycleVerb('complete', 'End it: those reviewed can read their results', NoBody, cycles.completeCycle)
  cycleVerb('cancel', 'End it without results, with a reason', CancelReviewCycleBody, cycles.cancelCycle)

  reviewVerb('answers', 'Save a draft as it is typed', SaveAnswersBody, reviews.saveAnswers, [
    'edited_elsewhere',
  ])
  reviewVerb('submit', 'Submit it', SubmitReviewBody, reviews.submitReview, ['edited_elsewhere'])
  reviewVerb('reopen', 'Have it written again', ReopenReviewBody, reviews.reopenReview)
  reviewVerb('reassign', 'Have somebody else write it', ReassignReviewBody, reviews.reassignReview)
}

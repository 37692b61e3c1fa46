/** Reviews: rounds in which people are reviewed by themselves, their supervisor and chosen peers. */
import { Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { DateOnly, Id, Nullable, OneOf, Page, PersonRef, paging, Words } from './common.ts'

export const REVIEW_CYCLE_STATUSES = ['draft', 'active', 'completed', 'cancelled'] as const
export const ReviewCycleStatus = OneOf(REVIEW_CYCLE_STATUSES, {
  description: 'draft: being prepared; active: reviews are written; completed: results can be read',
})
export type ReviewCycleStatus = (typeof REVIEW_CYCLE_STATUSES)[number]

/** What a person can do with a cycle that exists; `allowed_actions` lists those open to the caller now. */
export const REVIEW_CYCLE_ACTIONS = ['edit', 'activate', 'complete', 'cancel'] as const
export const ReviewCycleAction = OneOf(REVIEW_CYCLE_ACTIONS)
export type ReviewCycleAction = (typeof REVIEW_CYCLE_ACTIONS)[number]

/** The same of one who takes part in it. */
export const PARTICIPANT_ACTIONS = ['choose_peers'] as const
export const ParticipantAction = OneOf(PARTICIPANT_ACTIONS)
export type ParticipantAction = (typeof PARTICIPANT_ACTIONS)[number]

export const REVIEW_KINDS = ['self', 'supervisor', 'peer'] as const
export const ReviewKind = OneOf(REVIEW_KINDS, { description: 'Who writes it, seen from the one reviewed' })
export type ReviewKind = (typeof REVIEW_KINDS)[number]

/** Overdue: not submitted by the end of its day, and still to be. Closed: its cycle ended before it was submitted. */
export const REVIEW_STATUSES = ['pending', 'in_progress', 'overdue', 'completed', 'closed'] as const
export const ReviewStatus = OneOf(REVIEW_STATUSES, {
  description: 'overdue: late and still to be submitted; closed: its cycle ended before it was',
})
export type ReviewStatus = (typeof REVIEW_STATUSES)[number]

export const REVIEW_ACTIONS = ['save', 'submit', 'reopen', 'reassign'] as const
export const ReviewAction = OneOf(REVIEW_ACTIONS)
export type ReviewAction = (typeof REVIEW_ACTIONS)[number]

/** How much each part counts; where one is missing the others share its weight in proportion. */
export const REVIEW_WEIGHTS = { self: 0.2, peers: 0.3, supervisor: 0.5 } as const

export const MAX_PEERS = 10

export const AUDIENCE_SCOPES = ['everyone', 'unit', 'people'] as const

/** Who is reviewed. */
export const AudienceBody = Type.Object({
  scope: OneOf(AUDIENCE_SCOPES, {
    description: 'everyone; unit: those of a unit and of all below it; people: those named',
  }),
  unit_id: Type.Optional(Nullable(Id, { description: 'With the scope `unit`' })),
  user_ids: Type.Optional(
    Type.Array(Id, { maxItems: 1000, uniqueItems: true, description: 'With the scope `people`' }),
  ),
})
export type AudienceBody = Static<typeof AudienceBody>

export const TraitBody = Type.Object({
  name: Words(100),
  questions: Type.Array(
    Type.Object({
      text: Words(1000),
      required: Type.Optional(Type.Boolean({ description: 'true if left out' })),
    }),
    { minItems: 1, maxItems: 50 },
  ),
})
export type TraitBody = Static<typeof TraitBody>

const details = {
  name: Words(200),
  period_start: DateOnly,
  period_end: DateOnly,
  deadline: Type.String({ format: 'date', description: 'Late from the end of this day on; not in the past' }),
}
const draft = {
  traits: Type.Array(TraitBody, { maxItems: 30 }),
  audience: AudienceBody,
}

/** `POST /api/review-cycles`: a draft. Questions and audience may follow; nobody is reviewed without them. */
export const CreateReviewCycleBody = Type.Object({
  ...details,
  ...Type.Partial(Type.Object(draft)).properties,
})
export type CreateReviewCycleBody = Static<typeof CreateReviewCycleBody>

/** `PATCH /api/review-cycles/{id}`: what is left out stays as it is. Once active, only its name and deadline change. */
export const EditReviewCycleBody = Type.Partial(Type.Object({ ...details, ...draft }), { minProperties: 1 })
export type EditReviewCycleBody = Static<typeof EditReviewCycleBody>

/** `PUT /api/review-cycles/{id}/cancel` */
export const CancelReviewCycleBody = Type.Object({ reason: Words(1000) })
export type CancelReviewCycleBody = Static<typeof CancelReviewCycleBody>

/** `PUT /api/review-cycles/{id}/participants/{user_id}/peers`: these, and no others. */
export const ChoosePeersBody = Type.Object({
  peer_ids: Type.Array(Id, { maxItems: MAX_PEERS, uniqueItems: true }),
})
export type ChoosePeersBody = Static<typeof ChoosePeersBody>

const CycleRef = Type.Object({ id: Id, name: Type.String(), status: ReviewCycleStatus })

export const ReviewCycle = Type.Object({
  ...CycleRef.properties,
  period_start: DateOnly,
  period_end: DateOnly,
  deadline: DateOnly,
  reason: Nullable(Type.String({ description: 'Of its cancellation' })),
  activated_at: Nullable(Timestamp),
  ended_at: Nullable(Timestamp),
  created_at: Timestamp,
  is_participant: Type.Boolean({ description: 'The caller is one of those reviewed' }),
  audience: Type.Union(
    [
      Type.Object({
        scope: OneOf(AUDIENCE_SCOPES),
        unit: Nullable(Type.Object({ id: Id, name: Type.String() })),
        count: Type.Integer({ description: 'How many are reviewed' }),
        assigned: Type.Integer({
          description: 'For how many of them reviews were given out; of a large cycle it goes on for a while',
        }),
      }),
      Type.Null(),
    ],
    { description: 'null unless the caller manages reviews' },
  ),
  allowed_actions: Type.Array(ReviewCycleAction, { description: 'Open to the caller now' }),
})
export type ReviewCycle = Static<typeof ReviewCycle>

export const ReviewQuestion = Type.Object({ id: Id, text: Type.String(), required: Type.Boolean() })
export type ReviewQuestion = Static<typeof ReviewQuestion>

export const ReviewTrait = Type.Object({ name: Type.String(), questions: Type.Array(ReviewQuestion) })
export type ReviewTrait = Static<typeof ReviewTrait>

/** `GET /api/review-cycles/{id}` */
export const ReviewCycleDetail = Type.Object({
  ...ReviewCycle.properties,
  traits: Type.Array(ReviewTrait),
})
export type ReviewCycleDetail = Static<typeof ReviewCycleDetail>

/** `GET /api/review-cycles` */
export const ReviewCycleQuery = Type.Object({
  status: Type.Optional(ReviewCycleStatus),
  ...paging(20),
})
export type ReviewCycleQuery = Static<typeof ReviewCycleQuery>

export const ReviewCyclePage = Page(ReviewCycle)
export type ReviewCyclePage = Static<typeof ReviewCyclePage>

export const Participant = Type.Object({
  user: PersonRef,
  unit: Nullable(Type.Object({ id: Id, name: Type.String() })),
  peers: Type.Union([Type.Array(PersonRef), Type.Null()], {
    description:
      'By name, to whoever chooses them while the cycle is a draft, and to whoever manages reviews; else null',
  }),
  allowed_actions: Type.Array(ParticipantAction),
})
export type Participant = Static<typeof Participant>

/** `GET /api/review-cycles/{id}/participants`: by name; all, or those below the caller. */
export const ParticipantQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the name' })),
  ...paging(50),
})
export type ParticipantQuery = Static<typeof ParticipantQuery>

export const ParticipantPage = Page(Participant)
export type ParticipantPage = Static<typeof ParticipantPage>

/** `GET /api/review-cycles/{id}/funnel`: how far the reviews of each department's people are. */
export const ReviewFunnel = Type.Object({
  departments: Type.Array(
    Type.Object({
      unit: Nullable(Type.Object({ id: Id, name: Type.String() })),
      pending: Type.Integer(),
      in_progress: Type.Integer(),
      overdue: Type.Integer(),
      completed: Type.Integer(),
      closed: Type.Integer(),
      total: Type.Integer(),
    }),
    { description: 'By name. What others write about the caller is not counted' },
  ),
})
export type ReviewFunnel = Static<typeof ReviewFunnel>

export const Review = Type.Object({
  id: Id,
  kind: ReviewKind,
  status: ReviewStatus,
  cycle: CycleRef,
  reviewee: PersonRef,
  reviewer: Type.Union([PersonRef, Type.Null()], { description: 'null: a peer, who stays unnamed' }),
  due_on: DateOnly,
  submitted_at: Nullable(Timestamp),
  allowed_actions: Type.Array(ReviewAction, { description: 'Open to the caller now' }),
})
export type Review = Static<typeof Review>

export const REVIEW_EVENTS = ['assigned', 'started', 'submitted', 'reopened', 'reassigned'] as const

export const ReviewEvent = Type.Object({
  id: Id,
  event: OneOf(REVIEW_EVENTS),
  actor: PersonRef,
  created_at: Timestamp,
})
export type ReviewEvent = Static<typeof ReviewEvent>

const Rating = Type.Integer({ minimum: 1, maximum: 5, description: '5 is the best' })

export const ReviewAnswer = Type.Object({
  question_id: Id,
  rating: Nullable(Rating),
  comment: Nullable(Type.String()),
})
export type ReviewAnswer = Static<typeof ReviewAnswer>

/** `GET /api/reviews/{id}` */
export const ReviewDetail = Type.Object({
  ...Review.properties,
  period_start: DateOnly,
  period_end: DateOnly,
  traits: Type.Array(ReviewTrait),
  answers: Type.Union([Type.Array(ReviewAnswer), Type.Null()], {
    description: 'null before it is submitted, but to who writes it',
  }),
  revision: Type.Union([Type.Integer(), Type.Null()], { description: 'null but to who writes it' }),
  history: Type.Union([Type.Array(ReviewEvent), Type.Null()], {
    description: 'Oldest first; null unless the caller manages reviews and is not the one reviewed',
  }),
})
export type ReviewDetail = Static<typeof ReviewDetail>

/** `GET /api/reviews` */
export const ReviewQuery = Type.Object({
  scope: OneOf(['mine', 'about_me', 'team', 'all'], {
    default: 'mine',
    description:
      'mine: I write it; about_me: I am reviewed; team: somebody below me is; all: whatever the caller may see',
  }),
  status: Type.Optional(ReviewStatus),
  kind: Type.Optional(ReviewKind),
  cycle_id: Type.Optional(Type.String({ format: 'uuid', description: 'Of this cycle' })),
  reviewee_id: Type.Optional(Type.String({ format: 'uuid', description: 'About this person' })),
  ...paging(20),
})
export type ReviewQuery = Static<typeof ReviewQuery>

export const ReviewPage = Page(Review)
export type ReviewPage = Static<typeof ReviewPage>

/** `PUT /api/reviews/{id}/answers`: saves a draft. What is left out stays as it is; null takes it back. */
export const SaveAnswersBody = Type.Object({
  answers: Type.Array(
    Type.Object({
      question_id: Id,
      rating: Type.Optional(Nullable(Rating)),
      comment: Type.Optional(Nullable(Type.String({ maxLength: 5000 }))),
    }),
    { maxItems: 1500 },
  ),
  revision: Type.Optional(
    Type.Integer({ minimum: 0, description: 'The revision you read: 409 if another tab saved since' }),
  ),
})
export type SaveAnswersBody = Static<typeof SaveAnswersBody>

/** `PUT /api/reviews/{id}/submit` */
export const SubmitReviewBody = Type.Object({
  revision: Type.Optional(
    Type.Integer({ minimum: 0, description: 'The revision you read: 409 if another tab saved since' }),
  ),
})
export type SubmitReviewBody = Static<typeof SubmitReviewBody>

const DueOn = Type.Optional(
  Type.String({ format: 'date', description: 'A new deadline; not in the past. As it was, if left out' }),
)

/** `PUT /api/reviews/{id}/reopen` */
export const ReopenReviewBody = Type.Object({ due_on: DueOn })
export type ReopenReviewBody = Static<typeof ReopenReviewBody>

/** `PUT /api/reviews/{id}/reassign`: what its writer had drafted is gone. */
export const ReassignReviewBody = Type.Object({ reviewer_id: Id, due_on: DueOn })
export type ReassignReviewBody = Static<typeof ReassignReviewBody>

const Score = Nullable(Type.Number({ description: 'From 1 to 5; null: there is none' }))
const Single = Nullable(Type.Object({ rating: Nullable(Rating), comment: Nullable(Type.String()) }))

/** `GET /api/review-cycles/{id}/results/{user_id}`: made from what is submitted. */
export const ReviewResults = Type.Object({
  cycle: CycleRef,
  user: PersonRef,
  peers_submitted: Type.Union([Type.Integer(), Type.Null()], {
    description: 'null to whom the results are about',
  }),
  overall: Score,
  traits: Type.Array(
    Type.Object({
      name: Type.String(),
      self: Score,
      peers: Score,
      supervisor: Score,
      overall: Score,
      questions: Type.Array(
        Type.Object({
          ...ReviewQuestion.properties,
          self: Single,
          supervisor: Single,
          peers: Type.Union(
            [
              Type.Object({
                average: Score,
                comments: Type.Array(Type.String(), {
                  description: 'In no order that tells of their writers',
                }),
              }),
              Type.Null(),
            ],
            {
              description:
                'Together, never by name; to whom it is about only if two or more submitted, and an average of two or more',
            },
          ),
        }),
      ),
    }),
  ),
})
export type ReviewResults = Static<typeof ReviewResults>

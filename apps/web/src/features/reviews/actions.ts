/** Doing things to reviews and their cycles. */
import type {
  CreateReviewCycleBody,
  EditReviewCycleBody,
  Participant,
  ReassignReviewBody,
  ReopenReviewBody,
  Review,
  ReviewAction,
  ReviewCycle,
  ReviewCycleAction,
  ReviewCycleDetail,
  ReviewDetail,
  SaveAnswersBody,
} from '@pms/contract'
import { patch, post, put } from '../../api/client.ts'
import { useDeeds, useMake } from '../../api/deed.ts'

const REVIEWS = '/api/reviews'
const CYCLES = '/api/review-cycles'

export const saveAnswers = (id: string, body: SaveAnswersBody) =>
  put<ReviewDetail>(`${REVIEWS}/${encodeURIComponent(id)}/answers`, body)

export type ReviewDeed =
  | { action: 'submit'; revision: number }
  | ({ action: 'reopen' } & ReopenReviewBody)
  | ({ action: 'reassign' } & ReassignReviewBody)

export const useReviewDeed = (id: string) =>
  useDeeds({
    resource: 'review',
    id,
    send: ({ action, ...body }: ReviewDeed) =>
      put<ReviewDetail>(`${REVIEWS}/${encodeURIComponent(id)}/${action}`, body),
  })

export type CycleDeed =
  | { action: 'activate' | 'complete' }
  | { action: 'cancel'; reason: string }
  | { action: 'edit'; changes: EditReviewCycleBody }
  | { action: 'choose_peers'; userId: string; peerIds: string[] }

function sendCycle(id: string, deed: CycleDeed): Promise<ReviewCycleDetail> {
  const path = `${CYCLES}/${encodeURIComponent(id)}`
  if (deed.action === 'edit') return patch(path, deed.changes)
  if (deed.action === 'choose_peers')
    return put(`${path}/participants/${encodeURIComponent(deed.userId)}/peers`, { peer_ids: deed.peerIds })
  const { action, ...body } = deed
  return put(`${path}/${action}`, body)
}

export const useCycleDeed = (id: string) =>
  useDeeds({ resource: 'review_cycle', id, send: (deed: CycleDeed) => sendCycle(id, deed) })

export const useCreateCycle = () =>
  useMake('review_cycle', (body: CreateReviewCycleBody) => post<ReviewCycleDetail>(CYCLES, body))

export const can = (review: Pick<Review, 'allowed_actions'>, action: ReviewAction) =>
  review.allowed_actions.includes(action)

export const canCycle = (cycle: Pick<ReviewCycle, 'allowed_actions'>, action: ReviewCycleAction) =>
  cycle.allowed_actions.includes(action)

export const canChoosePeers = ({ allowed_actions }: Pick<Participant, 'allowed_actions'>) =>
  allowed_actions.includes('choose_peers')

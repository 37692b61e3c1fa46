/**
 * What the tables hold of a person, part by part. Whatever proves who they are (passwords, tokens, and what those are
 * recognised by) is in none of them, and nothing that others wrote in confidence.
 */
import { confidential, type PersonalPart, part, ROWS_AT_ONCE } from './part.ts'

const byId = ({ id }: { id: string }) => id

export const personalParts: readonly PersonalPart[] = [
  part(
    'sessions',
    (db, userId, after) =>
      db
        .selectFrom('sessions')
        .select(['id', 'user_agent', 'created_at', 'last_used_at', 'expires_at', 'revoked_at'])
        .where('user_id', '=', userId)
        .where('id', '>', after)
        .orderBy('id')
        .limit(ROWS_AT_ONCE)
        .execute(),
    byId,
  ),
  confidential(
    part(
      'connections',
      (db, userId, after) =>
        db
          .selectFrom('connections')
          .select(['id', 'session_id', 'opened_at', 'seen_at', 'closed_at'])
          .where('user_id', '=', userId)
          .where('id', '>', after)
          .orderBy('id')
          .limit(ROWS_AT_ONCE)
          .execute(),
      byId,
    ),
  ),
  confidential(
    part(
      'notifications',
      async (db, userId, after) => {
        const rows = await db
          .selectFrom('notifications')
          .select(['id', 'seq', 'type', 'priority', 'title', 'message', 'action_url', 'data', 'actor_name'])
          .select(['created_at', 'read_at', 'resolved_at', 'resolved_by_name'])
          .where('user_id', '=', userId)
          .where('deleted_at', 'is', null)
          .where('seq', '>', Number(after))
          .orderBy('seq')
          .limit(ROWS_AT_ONCE)
          .execute()
        return rows.map(row => ({ ...row, data: JSON.parse(row.data) as unknown }))
      },
      ({ seq }) => String(seq),
    ),
  ),
  part(
    'notification_preferences',
    (db, userId, after) =>
      db
        .selectFrom('notification_preferences')
        .select(['type', 'in_app', 'sound', 'desktop'])
        .where('user_id', '=', userId)
        .where('type', '>', after)
        .orderBy('type')
        .limit(ROWS_AT_ONCE)
        .execute(),
    ({ type }) => type,
  ),
  confidential(
    part(
      'muted_things',
      (db, userId, after) =>
        db
          .selectFrom('muted_things')
          .select(['object_type', 'object_id', 'message', 'action_url', 'muted_at'])
          .where('user_id', '=', userId)
          .where('object_id', '>', after)
          .orderBy('object_id')
          .limit(ROWS_AT_ONCE)
          .execute(),
      ({ object_id }) => object_id,
    ),
  ),
  part(
    'delegations',
    (db, userId, after) =>
      db
        .selectFrom('delegations')
        .select(['id', 'user_id', 'delegate_id', 'from_day', 'to_day', 'reason', 'created_at'])
        .where(({ eb, or }) => or([eb('user_id', '=', userId), eb('delegate_id', '=', userId)]))
        .where('id', '>', after)
        .orderBy('id')
        .limit(ROWS_AT_ONCE)
        .execute(),
    byId,
  ),
  part(
    'goals',
    (db, userId, after) =>
      db
        .selectFrom('goals')
        .selectAll()
        .where(({ eb, or }) => or([eb('owner_id', '=', userId), eb('assigned_by_id', '=', userId)]))
        .where('id', '>', after)
        .orderBy('id')
        .limit(ROWS_AT_ONCE)
        .execute(),
    byId,
  ),
  part(
    'goal_steps',
    (db, userId, after) =>
      db
        .selectFrom('goal_events')
        .select(['id', 'goal_id', 'event', 'from_status', 'to_status', 'note', 'percent', 'created_at'])
        .where('actor_id', '=', userId)
        .where('id', '>', after)
        .orderBy('id')
        .limit(ROWS_AT_ONCE)
        .execute(),
    byId,
  ),
  part(
    'initiatives',
    (db, userId, after) =>
      db
        .selectFrom('initiatives')
        .selectAll()
        .where(({ eb, or, selectFrom }) =>
          or([
            eb('creator_id', '=', userId),
            eb('head_id', '=', userId),
            eb('reviewed_by_id', '=', userId),
            eb(
              'id',
              'in',
              selectFrom('initiative_assignees').select('initiative_id').where('user_id', '=', userId),
            ),
          ]),
        )
        .where('id', '>', after)
        .orderBy('id')
        .limit(ROWS_AT_ONCE)
        .execute(),
    byId,
  ),
  part(
    'initiative_steps',
    (db, userId, after) =>
      db
        .selectFrom('initiative_events')
        .select(['id', 'initiative_id', 'event', 'from_status', 'to_status', 'note', 'created_at'])
        .where('actor_id', '=', userId)
        .where('id', '>', after)
        .orderBy('id')
        .limit(ROWS_AT_ONCE)
        .execute(),
    byId,
  ),
  part(
    'initiative_extensions',
    (db, userId, after) =>
      db
        .selectFrom('initiative_extensions')
        .selectAll()
        .where(({ eb, or }) => or([eb('requested_by_id', '=', userId), eb('decided_by_id', '=', userId)]))
        .where('id', '>', after)
        .orderBy('id')
        .limit(ROWS_AT_ONCE)
        .execute(),
    byId,
  ),
  confidential(
    part(
      'reviews_written',
      async (db, userId, after) => {
        const reviews = await db
          .selectFrom('reviews')
          .select(['id', 'cycle_id', 'reviewee_id', 'kind', 'status', 'due_on', 'submitted_at', 'created_at'])
          .where('reviewer_id', '=', userId)
          .where('id', '>', after)
          .orderBy('id')
          .limit(ROWS_AT_ONCE)
          .execute()
        const answers = await db
          .selectFrom('review_answers')
          .innerJoin('review_questions', 'review_questions.id', 'review_answers.question_id')
          .select(['review_id', 'trait', 'text', 'rating', 'comment'])
          .where('review_id', 'in', ['', ...reviews.map(({ id }) => id)])
          .orderBy('position')
          .execute()
        const byReview = Map.groupBy(answers, ({ review_id }) => review_id)
        return reviews.map(review => ({ ...review, answers: byReview.get(review.id) ?? [] }))
      },
      byId,
    ),
  ),
  part(
    'announcements_received',
    (db, userId, after) =>
      db
        .selectFrom('announcement_recipients')
        .innerJoin('announcements', 'announcements.id', 'announcement_id')
        .select(['announcements.id', 'title', 'published_at', 'acknowledged_at'])
        .where('user_id', '=', userId)
        .where('announcement_id', '>', after)
        .orderBy('announcement_id')
        .limit(ROWS_AT_ONCE)
        .execute(),
    byId,
  ),
  part(
    'announcements_written',
    (db, userId, after) =>
      db
        .selectFrom('announcements')
        .select(['id', 'title', 'body', 'status', 'published_at', 'created_at'])
        .where(({ eb, or }) => or([eb('author_id', '=', userId), eb('published_by_id', '=', userId)]))
        .where('id', '>', after)
        .orderBy('id')
        .limit(ROWS_AT_ONCE)
        .execute(),
    byId,
  ),
  part(
    'files',
    (db, userId, after) =>
      db
        .selectFrom('attachments')
        .select(['id', 'name', 'media_type', 'size', 'object_type', 'object_id', 'created_at'])
        .where('uploaded_by_id', '=', userId)
        .where('id', '>', after)
        .orderBy('id')
        .limit(ROWS_AT_ONCE)
        .execute(),
    byId,
  ),
  confidential(
    part(
      'acts',
      async (db, userId, after) => {
        const rows = await db
          .selectFrom('audit')
          .select(['id', 'at', 'action', 'object_type', 'object_id', 'detail'])
          .where('actor_id', '=', userId)
          .where('id', '>', after)
          .orderBy('id')
          .limit(ROWS_AT_ONCE)
          .execute()
        return rows.map(row => ({ ...row, detail: JSON.parse(row.detail) as unknown }))
      },
      byId,
    ),
  ),
  part(
    'account_history',
    async (db, userId, after) => {
      const rows = await db
        .selectFrom('audit')
        .select(['id', 'at', 'actor_name', 'action', 'detail'])
        .where('object_type', '=', 'user')
        .where('object_id', '=', userId)
        .where('id', '>', after)
        .orderBy('id')
        .limit(ROWS_AT_ONCE)
        .execute()
      return rows.map(row => ({ ...row, detail: JSON.parse(row.detail) as unknown }))
    },
    byId,
  ),
]

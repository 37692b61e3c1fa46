/**
 * What the tables hold of a person, part by part. Whatever proves who they are (passwords, tokens, and what those are
 * recognised by) is in none of them, and nothing that others wrote in confidence.
 */
import { confidential, type PersonalPart, part } from './part.ts'

const parsed = (json: string): unknown => JSON.parse(json)

export const personalParts: readonly PersonalPart[] = [
  part('sessions', (db, userId) =>
    db
      .selectFrom('sessions')
      .select(['id', 'user_agent', 'created_at', 'last_used_at', 'expires_at', 'revoked_at'])
      .where('user_id', '=', userId),
  ),
  confidential(
    part('connections', (db, userId) =>
      db
        .selectFrom('connections')
        .select(['id', 'session_id', 'opened_at', 'seen_at', 'closed_at'])
        .where('user_id', '=', userId),
    ),
  ),
  confidential(
    part(
      'notifications',
      (db, userId) =>
        db
          .selectFrom('notifications')
          .select(['id', 'seq', 'type', 'priority', 'title', 'message', 'action_url', 'data', 'actor_name'])
          .select(['created_at', 'read_at', 'resolved_at', 'resolved_by_name'])
          .where('user_id', '=', userId)
          .where('deleted_at', 'is', null),
      { by: 'seq', tell: rows => rows.map(row => ({ ...row, data: parsed(row.data) })) },
    ),
  ),
  part(
    'notification_preferences',
    (db, userId) =>
      db
        .selectFrom('notification_preferences')
        .select(['type', 'in_app', 'sound', 'desktop'])
        .where('user_id', '=', userId),
    { by: 'type' },
  ),
  confidential(
    part(
      'muted_things',
      (db, userId) =>
        db
          .selectFrom('muted_things')
          .select(['object_type', 'object_id', 'message', 'action_url', 'muted_at'])
          .where('user_id', '=', userId),
      { by: 'object_id' },
    ),
  ),
  part('delegations', (db, userId) =>
    db
      .selectFrom('delegations')
      .select(['id', 'user_id', 'delegate_id', 'from_day', 'to_day', 'reason', 'created_at'])
      .where(({ eb, or }) => or([eb('user_id', '=', userId), eb('delegate_id', '=', userId)])),
  ),
  part('goals', (db, userId) =>
    db
      .selectFrom('goals')
      .selectAll()
      .where(({ eb, or }) => or([eb('owner_id', '=', userId), eb('assigned_by_id', '=', userId)])),
  ),
  part('goal_steps', (db, userId) =>
    db
      .selectFrom('goal_events')
      .select(['id', 'goal_id', 'event', 'from_status', 'to_status', 'note', 'percent', 'created_at'])
      .where('actor_id', '=', userId),
  ),
  part('initiatives', (db, userId) =>
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
      ),
  ),
  part('initiative_steps', (db, userId) =>
    db
      .selectFrom('initiative_events')
      .select(['id', 'initiative_id', 'event', 'from_status', 'to_status', 'note', 'created_at'])
      .where('actor_id', '=', userId),
  ),
  part('initiative_extensions', (db, userId) =>
    db
      .selectFrom('initiative_extensions')
      .selectAll()
      .where(({ eb, or }) => or([eb('requested_by_id', '=', userId), eb('decided_by_id', '=', userId)])),
  ),
  confidential(
    part(
      'reviews_written',
      (db, userId) =>
        db
          .selectFrom('reviews')
          .select(['id', 'cycle_id', 'reviewee_id', 'kind', 'status', 'due_on', 'submitted_at', 'created_at'])
          .where('reviewer_id', '=', userId),
      {
        async tell(reviews, db) {
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
      },
    ),
  ),
  part('announcements_received', (db, userId) =>
    db
      .selectFrom('announcement_recipients')
      .innerJoin('announcements', 'announcements.id', 'announcement_id')
      .select(['announcements.id', 'title', 'published_at', 'acknowledged_at'])
      .where('user_id', '=', userId),
  ),
  part('announcements_written', (db, userId) =>
    db
      .selectFrom('announcements')
      .select(['id', 'title', 'body', 'status', 'published_at', 'created_at'])
      .where(({ eb, or }) => or([eb('author_id', '=', userId), eb('published_by_id', '=', userId)])),
  ),
  part('files', (db, userId) =>
    db
      .selectFrom('attachments')
      .select(['id', 'name', 'media_type', 'size', 'object_type', 'object_id', 'created_at'])
      .where('uploaded_by_id', '=', userId),
  ),
  confidential(
    part(
      'acts',
      (db, userId) =>
        db
          .selectFrom('audit')
          .select(['id', 'at', 'action', 'object_type', 'object_id', 'detail'])
          .where('actor_id', '=', userId),
      { tell: rows => rows.map(row => ({ ...row, detail: parsed(row.detail) })) },
    ),
  ),
  part(
    'account_history',
    (db, userId) =>
      db
        .selectFrom('audit')
        .select(['id', 'at', 'actor_name', 'action', 'detail'])
        .where('object_type', '=', 'user')
        .where('object_id', '=', userId),
    { tell: rows => rows.map(row => ({ ...row, detail: parsed(row.detail) })) },
  ),
]

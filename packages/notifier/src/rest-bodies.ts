/** What calls on an inbox send, for every server that answers them. */
import Type, { type Static } from 'typebox'

/** `PUT /api/notifications/mark-all-read`; it may be left out. */
export const MarkAllReadBody = Type.Object({
  through_seq: Type.Optional(
    Type.Integer({ minimum: 0, description: 'Read up to this place; what arrived after it stays unread' }),
  ),
})
export type MarkAllReadBody = Static<typeof MarkAllReadBody>

/** `POST /api/notifications/mark-all-read/undo` */
export const UndoMarkAllReadBody = Type.Object({
  version: Type.Integer({
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'The version by which they were marked, as the socket told it',
  }),
})
export type UndoMarkAllReadBody = Static<typeof UndoMarkAllReadBody>

/** `POST /api/notifications/bulk` */
export const BulkBody = Type.Object({
  ids: Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: 100, uniqueItems: true }),
  action: Type.Unsafe<'read' | 'unread' | 'delete' | 'restore'>(
    Type.String({ enum: ['read', 'unread', 'delete', 'restore'] }),
  ),
})
export type BulkBody = Static<typeof BulkBody>

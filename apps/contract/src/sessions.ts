/** The places where somebody is signed in. */
import { Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { Id, Nullable, Page } from './common.ts'

export const Session = Type.Object({
  id: Id,
  user_agent: Nullable(Type.String({ description: 'What the browser or program says it is' })),
  created_at: Timestamp,
  last_used_at: Type.String({ format: 'date-time', description: 'When its token was last renewed' }),
  current: Type.Boolean({ description: 'The one that asks' }),
})
export type Session = Static<typeof Session>

/** `GET /api/auth/sessions`: the one that asks first, then the last used; all of them, if no limit is set. */
export const SessionPage = Page(Session)
export type SessionPage = Static<typeof SessionPage>

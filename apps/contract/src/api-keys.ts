/** Keys by which other systems of the organisation call. */
import { Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { Id, Nullable, OneOf, Page, PersonRef, paging } from './common.ts'

/** What a key can be good for. */
export const KEY_SCOPES = ['notifications.create'] as const
export const KeyScope = OneOf(KEY_SCOPES)
export type KeyScope = (typeof KEY_SCOPES)[number]

export const KEY_STATUSES = ['active', 'expired', 'revoked'] as const
export const KeyStatus = OneOf(KEY_STATUSES)
export type KeyStatus = (typeof KEY_STATUSES)[number]

const KEY_ACTIONS = ['revoke'] as const
export type KeyAction = (typeof KEY_ACTIONS)[number]

/** `POST /api/api-keys` */
export const CreateKeyBody = Type.Object({
  name: Type.String({
    minLength: 1,
    maxLength: 100,
    pattern: '\\S',
    description: 'The system that uses it: notifications it raises are shown as triggered by this name',
  }),
  scopes: Type.Array(KeyScope, { minItems: 1, maxItems: KEY_SCOPES.length, uniqueItems: true }),
  expires_at: Type.Optional(Nullable(Timestamp, { description: 'Left out, or null: never' })),
})
export type CreateKeyBody = Static<typeof CreateKeyBody>

export const ApiKey = Type.Object({
  id: Id,
  name: Type.String(),
  scopes: Type.Array(KeyScope),
  status: KeyStatus,
  created_by: PersonRef,
  created_at: Timestamp,
  expires_at: Nullable(Timestamp),
  last_used_at: Nullable(Timestamp),
  revoked_by: Nullable(PersonRef),
  revoked_at: Nullable(Timestamp),
  allowed_actions: Type.Array(OneOf(KEY_ACTIONS)),
})
export type ApiKey = Static<typeof ApiKey>

/** The answer to who makes a key. */
export const NewApiKey = Type.Object({
  ...ApiKey.properties,
  key: Nullable(
    Type.String({
      description:
        'To be sent as `Authorization: Bearer <key>`. Said this once and never again: null when the call is answered a second time',
    }),
  ),
})
export type NewApiKey = Static<typeof NewApiKey>

/** `GET /api/api-keys` */
export const KeyQuery = Type.Object({
  ...paging(20),
})
export type KeyQuery = Static<typeof KeyQuery>

export const KeyPage = Page(ApiKey)
export type KeyPage = Static<typeof KeyPage>

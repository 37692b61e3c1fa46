/** Signing in, staying signed in, signing out. */
import Type, { type Static } from 'typebox'
import { Permission, User } from './people.ts'

export const LoginBody = Type.Object({
  email: Type.String({ minLength: 3, maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 1024 }),
})
export type LoginBody = Static<typeof LoginBody>

/** The signed-in person, and what they may do. */
export const Me = Type.Object({
  ...User.properties,
  permissions: Type.Array(Permission),
  has_team: Type.Boolean({ description: 'Somebody reports to this person' }),
})
export type Me = Static<typeof Me>

/** `POST /api/auth/login` and `/refresh`; the refresh token travels in an HttpOnly cookie, never here. */
export const TokenResponse = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('bearer'),
  expires_in: Type.Integer({ description: 'Seconds' }),
  user: Me,
})
export type TokenResponse = Static<typeof TokenResponse>

/** Calls that act on a cookie alone must carry this header: a page of another site cannot add it. */
export const CSRF_HEADER = { name: 'x-requested-with', value: 'pms' } as const

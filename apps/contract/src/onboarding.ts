/** Passwords: set by a link that is good once, by who was added or forgot theirs; and changed by who knows it. */
import { Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { Nullable } from './common.ts'
import { UserProfile } from './people.ts'

export const MIN_PASSWORD_LENGTH = 10

/**
 * Shown to whoever added the person, to be passed on; never again, and to nobody else: what is answered again under an
 * `Idempotency-Key` has null in its place.
 */
export const OnboardingLink = Type.Object({
  path: Nullable(Type.String({ description: 'On this site: /welcome?token=…' })),
  expires_at: Timestamp,
})
export type OnboardingLink = Static<typeof OnboardingLink>

/** Answer of `POST /api/users`. */
export const NewUser = Type.Object({ ...UserProfile.properties, onboarding: Nullable(OnboardingLink) })
export type NewUser = Static<typeof NewUser>

const Token = Type.String({ minLength: 1, maxLength: 200, description: 'As it stands in the link' })
const NewPassword = Type.String({ minLength: MIN_PASSWORD_LENGTH, maxLength: 1024 })

/** `GET /api/auth/onboarding` */
export const OnboardingQuery = Type.Object({ token: Token })
export type OnboardingQuery = Static<typeof OnboardingQuery>

/** Whoever holds a link that is good learns whose it is; any other link says nothing at all. */
export const OnboardingCheck = Type.Object({
  valid: Type.Boolean(),
  name: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  expires_at: Type.Optional(Timestamp),
})
export type OnboardingCheck = Static<typeof OnboardingCheck>

/** `POST /api/auth/onboarding`: sets the password and signs in. */
export const OnboardingBody = Type.Object({ token: Token, password: NewPassword })
export type OnboardingBody = Static<typeof OnboardingBody>

/** `PUT /api/auth/password` */
export const ChangePasswordBody = Type.Object({
  current_password: Type.String({ minLength: 1, maxLength: 1024 }),
  password: NewPassword,
})
export type ChangePasswordBody = Static<typeof ChangePasswordBody>

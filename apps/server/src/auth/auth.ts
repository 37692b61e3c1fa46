/** Signing in, staying signed in, signing out: what the routes and the command line call. */
import type {
  ChangePasswordBody,
  LoginBody,
  Me,
  OnboardingBody,
  OnboardingCheck,
  Permission,
  Role,
  TokenResponse,
  User,
} from '@pms/contract'
import { type Actor, resourceChanged } from '@pms/notifier'
import type { Kysely } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import type { AppDatabase, Tables, Tx } from '../database.ts'
import { accountNotActive, badToken, invalidCredentials, invalidLink } from '../http/errors.ts'
import { createAccessTokens } from './access-tokens.ts'
import type { Attempts } from './attempts.ts'
import { type Authenticate, type Caller, createRecognise } from './caller.ts'
import { changePassword } from './change-password.ts'
import type { CookieTokens } from './cookies.ts'
import { formatDevice, readDevice } from './devices.ts'
import { findForeigner } from './foreign-people.ts'
import { createForeignTokens, type ForeignTrust } from './foreign-tokens.ts'
import { findOnboarding, redeemOnboarding } from './onboarding.ts'
import { assertGoodPassword } from './password-rules.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { formatRefreshToken, type RefreshToken, readRefreshToken } from './refresh-tokens.ts'
import { endSession, findSession, maySignIn, refreshSession, SESSION_DAYS, startSession } from './sessions.ts'
import { endOtherSessions } from './sessions-list.ts'
import { issueTicket, redeemTicket } from './tickets.ts'

const ACCESS_SECONDS = 60 * 60
const REFRESH_SECONDS = SESSION_DAYS * 24 * 60 * 60

/** What signing in needs to know of people. */
export interface Directory {
  permissionsOf(role: Role): readonly Permission[]
  normalEmail(email: string): string
  findUser(db: Kysely<Tables>, id: string): Promise<User | undefined>
  hasTeam(db: Kysely<Tables>, id: string): Promise<boolean>
  /** Tells those who keep accounts that this one can be used now. */
  tellOfAccount(tx: Tx, id: string): Promise<void>
}

export interface AuthOptions {
  database: AppDatabase
  secret: Uint8Array
  /** Another system whose tokens are good here too. */
  foreign?: ForeignTrust | null
  clock: () => Date
  directory: Directory
  attempts: Attempts
}

/** Who knocks, before it is known who it is. */
export interface Visitor {
  address: string
  userAgent: string | null
  /** What the browser says of having been here before. */
  device: string | null
}

/** What a browser gets: the answer, and the cookies that go with it. */
export interface SignedIn {
  answer: TokenResponse
  cookies: CookieTokens
}

export type Auth = ReturnType<typeof createAuth>

export function createAuth({ database, secret, foreign, clock, directory, attempts }: AuthOptions) {
  const foreignTokens =
    foreign &&
    createForeignTokens({
      trust: foreign,
      clock,
      normalEmail: directory.normalEmail,
      findPerson: known => findForeigner(database.db, known),
    })
  const accessTokens = createAccessTokens(secret, clock, foreignTokens)
  const recognise = createRecognise(database, clock, directory.permissionsOf)
  const authenticate: Authenticate = async token => recognise(await accessTokens.recall(token))

  async function me(userId: string): Promise<Me> {
    return database.snapshot(async db => {
      const user = await directory.findUser(db, userId)
      if (!user) throw badToken('session_ended', 'This account is gone')
      const permissions = [...directory.permissionsOf(user.role)]
      return { ...user, permissions, has_team: await directory.hasTeam(db, userId) }
    })
  }

  async function signedIn(userId: string, token: RefreshToken, device?: string): Promise<SignedIn> {
    const access = await accessTokens.sign(userId, token.sessionId, ACCESS_SECONDS)
    return {
      answer: {
        access_token: access,
        token_type: 'bearer',
        expires_in: ACCESS_SECONDS,
        user: await me(userId),
      },
      cookies: {
        access: { value: access, seconds: ACCESS_SECONDS },
        refresh: { value: formatRefreshToken(secret, token), seconds: REFRESH_SECONDS },
        ...(device === undefined ? {} : { device }),
      },
    }
  }

  /** Starts a session, which the open pages of its owner list. */
  async function begin(tx: Tx, user: Actor, from: { userAgent: string | null }): Promise<string> {
    const id = await startSession(tx, user, from)
    resourceChanged(tx, 'session', id, [user.id])
    return id
  }

  return {
    authenticate,

    /** For what brings its token once and stays. @throws as `authenticate` */
    admit: async (token: string): Promise<Caller> => recognise(await accessTokens.verify(token)),

    /** A ticket for one socket of this caller. */
    issueTicket: ({ id, sessionId, expiresAt }: Caller): Promise<string> =>
      issueTicket(database, { userId: id, sessionId, expiresAt }),

    /** Whose ticket it is; it is used up by this. @throws as `authenticate` */
    async redeemTicket(ticket: string): Promise<Caller> {
      const claims = await redeemTicket(database, ticket)
      if (!claims) throw badToken('invalid_token', 'The ticket is not valid, or was used before')
      return recognise(claims)
    },

    me,

    /** @throws 401 for whatever is wrong, so that nobody learns which accounts there are; 429; 403 when suspended */
    async signIn(body: LoginBody, from: Visitor): Promise<SignedIn> {
      const email = directory.normalEmail(body.email)
      const account = await database.db
        .selectFrom('users')
        .where('email', '=', email)
        .select(['id', 'name', 'status', 'password_hash'])
        .executeTakeFirst()
      const device = readDevice(secret, from.device, account?.id)
      const wentWell = await attempts.begin({ address: from.address, email, device })
      const isRight = await verifyPassword(body.password, account?.password_hash ?? null)
      if (!account || !isRight) throw invalidCredentials()
      await wentWell()
      if (!maySignIn(account.status)) throw accountNotActive(account.status)

      const sessionId = await database.transaction(tx => begin(tx, account, from))
      return signedIn(account.id, { sessionId, generation: 1 }, formatDevice(secret, account.id, device))
    },

    /** Whose onboarding link it is, to whoever holds one that is good. @throws 429 */
    async checkOnboarding(token: string, address: string): Promise<OnboardingCheck> {
      const wentWell = await attempts.beginLink(address)
      const found = await findOnboarding(database.db, token, clock().toISOString())
      if (!found || !maySignIn(found.status)) return { valid: false }
      await wentWell()
      const { name, email, expires_at } = found
      return { valid: true, name, email, expires_at }
    },

    /**
     * Uses an onboarding link: sets the password, the first or another one, and signs in, here and nowhere else.
     * @throws 422 when the link or the password is no good; 403 when suspended; 429
     */
    async onboard({ token, password }: OnboardingBody, from: Visitor): Promise<SignedIn> {
      const wentWell = await attempts.beginLink(from.address)
      const person = await findOnboarding(database.db, token, clock().toISOString())
      if (!person) throw invalidLink()
      await wentWell()
      if (!maySignIn(person.status)) throw accountNotActive(person.status)
      assertGoodPassword(password, person)
      const password_hash = await hashPassword(password)
      const sessionId = await database.transaction(async tx => {
        if (!(await redeemOnboarding(tx, token))) throw invalidLink()
        await tx.db
          .updateTable('users')
          .set({ password_hash, updated_at: tx.now })
          .where('id', '=', person.id)
          .execute()
        await recordAudit(tx, {
          actor: person,
          action: person.password_hash === null ? 'user.onboarded' : 'user.password_reset',
          object: { type: 'user', id: person.id },
        })
        await directory.tellOfAccount(tx, person.id)
        const sessionId = await begin(tx, person, from)
        // Whoever signed in with a password that was replaced is out.
        await endOtherSessions(tx, { ...person, sessionId })
        return sessionId
      })
      return signedIn(person.id, { sessionId, generation: 1 }, formatDevice(secret, person.id, null))
    },

    /** @throws 422, 429 as `changePassword` */
    changePassword: (caller: Caller, body: ChangePasswordBody): Promise<void> =>
      changePassword({ database, attempts, directory }, caller, body),

    /** @throws 401, 403 when suspended */
    async refresh(cookie: string): Promise<SignedIn> {
      const token = readRefreshToken(secret, cookie)
      if (!token) throw badToken('invalid_token', 'The refresh token is not valid')
      const refreshed = await database.transaction(tx => refreshSession(tx, token))
      switch (refreshed.outcome) {
        case 'refreshed':
          return signedIn(refreshed.userId, refreshed.token)
        case 'not_active':
          throw accountNotActive(refreshed.status)
        case 'ended':
          throw badToken('session_ended', 'This session has ended. Sign in again.')
        case 'stolen':
          throw badToken('session_ended', 'This session was used from two places and has been ended.')
      }
    },

    /** Ends the session of the refresh token, else of the access token. @throws 401 when that one is no good */
    async signOut(tokens: { refresh: string | null; access: string | null }): Promise<void> {
      const refresh = tokens.refresh === null ? null : readRefreshToken(secret, tokens.refresh)
      const token = refresh ?? (tokens.access === null ? null : await accessTokens.verify(tokens.access))
      if (!token) return
      await database.transaction(async tx => {
        const session = await findSession(tx.db, token.sessionId, tx.now)
        if (!session) return
        await endSession(tx, token.sessionId, session, 'session.ended')
      })
    },

    /** A session without a browser, and its access token: for scripts and for trying things out. */
    async issueToken(
      user: Actor,
      { userAgent, seconds }: { userAgent: string; seconds: number },
    ): Promise<string> {
      const sessionId = await database.transaction(tx =>
        startSession(tx, user, { userAgent, lifetimeMs: seconds * 1000 }),
      )
      return accessTokens.sign(user.id, sessionId, seconds)
    },
  }
}

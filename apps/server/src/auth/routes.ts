/** `/api/auth/*` */
import {
  ChangePasswordBody,
  CSRF_HEADER,
  LoginBody,
  Me,
  OnboardingBody,
  OnboardingCheck,
  OnboardingQuery,
  TokenResponse,
} from '@pms/contract'
import { Message } from '@pms/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { forbidden, notSignedIn, ProblemError } from '../http/errors.ts'
import type { OriginCheck } from '../http/origins.ts'
import type { Http } from '../http/server.ts'
import type { Auth, SignedIn, Visitor } from './auth.ts'
import { callerOf, readBearer } from './caller.ts'
import { clearCookies, DEVICE_COOKIE, REFRESH_COOKIE, setCookies } from './cookies.ts'

const tags = ['auth']

export function authRoutes(
  api: Http,
  { auth, originAllowed }: { auth: Auth; originAllowed: OriginCheck },
): void {
  api.post(
    '/api/auth/login',
    {
      config: { public: true, setsCookies: true, refuses: ['invalid_credentials', 'account_not_active'] },
      schema: { tags, summary: 'Sign in', body: LoginBody, response: { 200: TokenResponse } },
    },
    async (request, reply) => {
      const signedIn = await auth.signIn(request.body, visitorOf(request)).catch(refusal => {
        if (refusal instanceof ProblemError)
          request.log.warn({ code: refusal.code, address: request.ip }, 'sign-in failed')
        throw refusal
      })
      return answer(request, reply, signedIn)
    },
  )

  api.post(
    '/api/auth/refresh',
    {
      config: {
        public: true,
        ownPage: true,
        setsCookies: true,
        refuses: ['not_signed_in', 'invalid_token', 'session_ended', 'account_not_active'],
      },
      schema: {
        tags,
        summary: 'Trade the refresh cookie for a new access token',
        response: { 200: TokenResponse },
      },
    },
    async (request, reply) => {
      assertOwnPage(request, originAllowed)
      const cookie = request.cookies[REFRESH_COOKIE]
      if (!cookie) throw notSignedIn()
      const signedIn = await auth.refresh(cookie).catch(refusal => {
        if (refusal instanceof ProblemError && refusal.status === 401) clearCookies(request, reply)
        throw refusal
      })
      return answer(request, reply, signedIn)
    },
  )

  api.post(
    '/api/auth/logout',
    {
      // Whoever wants out gets out, also with an access token that has just expired.
      config: {
        public: true,
        ownPage: true,
        setsCookies: true,
        refuses: ['invalid_token', 'token_expired'],
      },
      schema: {
        tags,
        summary: 'Sign out',
        description:
          'Ends the session of the refresh cookie, else of the token; without either nothing is done.',
        security: [{ refresh_cookie: [] }, { bearer: [] }, {}],
        response: { 200: Message },
      },
    },
    async (request, reply) => {
      assertOwnPage(request, originAllowed)
      const { authorization } = request.headers
      clearCookies(request, reply)
      await auth.signOut({
        refresh: request.cookies[REFRESH_COOKIE] ?? null,
        access: authorization === undefined ? null : readBearer(authorization),
      })
      return { message: 'Signed out' }
    },
  )

  api.get(
    '/api/auth/onboarding',
    {
      config: { public: true },
      schema: {
        tags,
        summary: 'Whether an onboarding link is good, and whose it is',
        querystring: OnboardingQuery,
        response: { 200: OnboardingCheck },
      },
    },
    request => auth.checkOnboarding(request.query.token, request.ip),
  )

  api.post(
    '/api/auth/onboarding',
    {
      config: { public: true, setsCookies: true, refuses: ['account_not_active', 'invalid_link'] },
      schema: {
        tags,
        summary: 'Set a password by an onboarding link, and sign in',
        body: OnboardingBody,
        response: { 200: TokenResponse },
      },
    },
    async (request, reply) => answer(request, reply, await auth.onboard(request.body, visitorOf(request))),
  )

  api.put(
    '/api/auth/password',
    {
      schema: {
        tags,
        summary: 'Change one’s own password, and sign out everywhere but here',
        body: ChangePasswordBody,
        response: { 200: Message },
      },
    },
    async request => {
      await auth.changePassword(callerOf(request), request.body)
      return { message: 'Password changed' }
    },
  )

  api.get(
    '/api/auth/me',
    { schema: { tags, summary: 'Who is signed in', response: { 200: Me } } },
    async request => auth.me(callerOf(request).id),
  )
}

function visitorOf({ ip, headers, cookies }: FastifyRequest): Visitor {
  return { address: ip, userAgent: headers['user-agent'] ?? null, device: cookies[DEVICE_COOKIE] ?? null }
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { answer, cookies }: SignedIn,
): SignedIn['answer'] {
  setCookies(request, reply, cookies)
  return answer
}

/** A cookie comes along with whatever a browser sends, so these calls must show that a page of ours made them. */
function assertOwnPage({ headers, host }: FastifyRequest, originAllowed: OriginCheck): void {
  if (headers[CSRF_HEADER.name] !== CSRF_HEADER.value)
    throw forbidden(`This call needs the header ${CSRF_HEADER.name}: ${CSRF_HEADER.value}`, 'csrf')
  if (headers.origin !== undefined && !originAllowed(headers.origin, host))
    throw forbidden('Pages of this origin may not do this', 'origin_not_allowed')
}

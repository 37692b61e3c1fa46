/** The two cookies of a browser that signed in. Scripts see neither, and other sites send neither. */
import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The access token again, for pages that fetch without a header. */
export const ACCESS_COOKIE = 'pms_access'
export const REFRESH_COOKIE = 'pms_refresh'

export interface CookieTokens {
  access: { value: string; seconds: number }
  refresh: { value: string; seconds: number }
}

export function setCookies(
  request: FastifyRequest,
  reply: FastifyReply,
  { access, refresh }: CookieTokens,
): void {
  reply.setCookie(ACCESS_COOKIE, access.value, { ...accessPlace(request), maxAge: access.seconds })
  reply.setCookie(REFRESH_COOKIE, refresh.value, { ...refreshPlace(request), maxAge: refresh.seconds })
}

export function clearCookies(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(ACCESS_COOKIE, accessPlace(request))
  reply.clearCookie(REFRESH_COOKIE, refreshPlace(request))
}

const accessPlace = (request: FastifyRequest) => place(request, '/api')
const refreshPlace = (request: FastifyRequest) => place(request, '/api/auth')

function place(request: FastifyRequest, path: string): CookieSerializeOptions {
  return { path, httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' }
}

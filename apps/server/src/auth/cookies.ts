/** The cookies of a browser that signed in. Scripts see none of them, and other sites send none. */
import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The access token again, for pages that fetch without a header. */
export const ACCESS_COOKIE = 'pms_access'
export const REFRESH_COOKIE = 'pms_refresh'
/** By which the browser is known again, also when its person has signed out. */
export const DEVICE_COOKIE = 'pms_device'

const DEVICE_SECONDS = 180 * 24 * 60 * 60

export interface CookieTokens {
  access: { value: string; seconds: number }
  refresh: { value: string; seconds: number }
  /** When somebody signed in; a session that goes on leaves it as it is. */
  device?: string
}

export function setCookies(
  request: FastifyRequest,
  reply: FastifyReply,
  { access, refresh, device }: CookieTokens,
): void {
  reply.setCookie(ACCESS_COOKIE, access.value, { ...accessPlace(request), maxAge: access.seconds })
  reply.setCookie(REFRESH_COOKIE, refresh.value, { ...refreshPlace(request), maxAge: refresh.seconds })
  if (device !== undefined)
    reply.setCookie(DEVICE_COOKIE, device, { ...refreshPlace(request), maxAge: DEVICE_SECONDS })
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

/** Headers that keep pages of this server to themselves, and that let the pages an installation names call it. */
import { type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import { CSRF_HEADER } from '@pms/contract'
import helmet from 'helmet'
import type { Proxies } from './proxies.ts'
import type { Http } from './server.ts'

/** For answers to programs: opened as a page they are text, whatever is in them. */
export const NO_PAGE = "default-src 'none'; frame-ancestors 'none'"

/** What no page of ours asks a browser for. */
const PERMISSIONS = 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()'

/** Names under which this server is called, whose headers are kept: they are the same for every call. */
const MAX_HOSTS = 100

export async function secure(
  http: Http,
  allowedOrigins: readonly string[],
  { hostOf }: Proxies,
): Promise<void> {
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        // Components place popovers and toasts by style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", request => ownSockets(hostOf(request))],
        objectSrc: ["'none'"],
        frameSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    // Whoever ends TLS knows whether all of the host is served by it.
    strictTransportSecurity: false,
  })
  const known = new Map<string, OutgoingHttpHeaders>()
  http.addHook('onRequest', (request, reply, done) => {
    const host = hostOf(request.raw) ?? ''
    let headers = known.get(host)
    if (!headers) {
      const answer = new ServerResponse(request.raw)
      protect(request.raw, answer, () => {})
      headers = { ...answer.getHeaders(), 'permissions-policy': PERMISSIONS }
      // Whoever calls can make up names of this host without end.
      if (known.size >= MAX_HOSTS) known.clear()
      known.set(host, headers)
    }
    reply.headers(headers)
    done()
  })
  await http.register(cookie)
  await http.register(cors, {
    origin: [...allowedOrigins],
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', CSRF_HEADER.name],
    exposedHeaders: [
      'retry-after',
      'ratelimit',
      'ratelimit-policy',
      'www-authenticate',
      'idempotency-replayed',
      'content-disposition',
    ],
    maxAge: 600,
    // An OPTIONS that no browser sent is answered like one: a refusal would not be in problem details.
    strictPreflight: false,
  })
}

/** Some browsers do not count a socket to the page's own host as `'self'`. */
function ownSockets(host: string | undefined): string {
  return host !== undefined && /^[\w.:[\]-]+$/.test(host) ? `ws://${host} wss://${host}` : ''
}

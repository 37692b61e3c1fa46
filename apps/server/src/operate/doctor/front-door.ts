/** The address that people use: whether it leads to the servers of this environment, and what the way there changes. */
import { once } from 'node:events'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { json } from 'node:stream/consumers'
import type { Config } from '../../config.ts'
import type { SeenCaller } from '../../system/caller-route.ts'
import { checkClock } from './database.ts'
import { type Finding, ok, skipped, wordsOf, wrong } from './finding.ts'

const PATIENCE_MS = 10_000
/** An address that is nobody's: kept for documentation. */
const MADE_UP = '203.0.113.7'

const get = (url: URL, headers: Record<string, string> = {}) =>
  fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })

/** @returns whether a server answers there, besides what was found */
export async function checkReach(base: URL): Promise<{ reached: boolean; findings: Finding[] }> {
  const check = 'address'
  const fail = (found: string, todo: string) => ({ reached: false, findings: [wrong(check, found, todo)] })
  let answer: Response
  try {
    answer = await get(new URL('/readyz', base))
  } catch (error) {
    return fail(`Nothing answers at ${base.origin}: ${wordsOf(error)}.`, whatToDo(error))
  }
  const moved = answer.headers.get('location')
  if (moved)
    return fail(`${base.origin} sends people on to ${moved}.`, 'Give the address that people end up at.')
  const body = await answer.json().then(
    content => content as { database?: string; bus?: string; draining?: boolean },
    () => null,
  )
  if (body?.database === undefined)
    return fail(
      `${base.origin} answers, and not as PMS does: /readyz gave ${answer.status}.`,
      'Does the address lead to the servers? Behind nginx: are they running, and listed in its upstream?',
    )
  const clock = checkClock('clock of the server', base.host, dateOf(answer) - Date.now())
  if (body.draining === true)
    return fail('The server that answered is about to stop.', 'Wait until it has, and look again.')
  if (body.database === 'read_only')
    return fail(
      'A server answers, and its database takes no change.',
      'It follows another one, or its file may not be written. Does DATABASE_URL lead to the first of them?',
    )
  if (body.database !== 'ok')
    return fail(
      'A server answers, and does not reach its database.',
      'Its log says why. Look at the database above.',
    )
  return {
    reached: true,
    findings: [
      ok(check, `${base.origin} leads to a server that is ready.`),
      clock,
      ...(body.bus === 'ok'
        ? []
        : [
            wrong(
              'bus of the server',
              'The server that answered does not hear the others.',
              'Look at the bus above. Until that is right, news of other servers comes within half a minute.',
            ),
          ]),
    ],
  }
}

/** Its `Date` says no more than the second: the middle of it is the best guess. */
function dateOf({ headers }: Response): number {
  return Date.parse(headers.get('date') ?? '') + 500 || Date.now()
}

/** What the servers see of a caller who comes by this address. */
export async function checkProxy(base: URL, token: string, config: Config): Promise<Finding[]> {
  const url = new URL('/api/system/caller', base)
  const authorization = `Bearer ${token}`
  const { status, seen, port } = await ask(url, { authorization })
  if (status === 401)
    return [
      wrong(
        'same installation',
        `${base.origin} does not accept a token that was signed here.`,
        'Its servers have another JWT_SECRET or another database. Run this command with their environment, and compare ' +
          'the fingerprint of the signing secret.',
      ),
    ]
  if (!seen)
    return [skipped('proxy', `The server answered ${status} when it was asked what it sees of a caller.`)]
  const findings = [ok('same installation', 'A token that was signed here is accepted there.')]
  // The server hears from the very port that was called from.
  if (seen.peer_port === port) return [...findings, ok('proxy', 'There is none in between.')]
  const fooled = await ask(url, { authorization, 'x-forwarded-for': MADE_UP })
  return [
    ...findings,
    checkAddress(seen, fooled.seen),
    checkScheme(base, seen),
    checkHost(base, seen, config),
  ]
}

function checkAddress(seen: SeenCaller, fooled: SeenCaller | null): Finding {
  const check = 'address of callers'
  if (!seen.forwarded.includes('x-forwarded-for'))
    return wrong(
      check,
      `The proxy does not say whom it speaks for: everybody comes from ${seen.address}, and shares one limit.`,
      'In nginx: proxy_set_header X-Forwarded-For $remote_addr;',
    )
  if (fooled?.forwarded_for === MADE_UP)
    return wrong(
      check,
      'The proxy passes on what callers say of themselves: whoever calls can be somebody else.',
      'It must replace the header. In nginx: proxy_set_header X-Forwarded-For $remote_addr;',
    )
  if (!seen.is_believed)
    return wrong(
      check,
      `The server does not believe the proxy: everybody comes from ${seen.peer}, and shares one limit.`,
      `Set TRUST_PROXY=${seen.peer} on the server.`,
    )
  return ok(check, `The server sees this machine as ${seen.address}, by way of ${seen.peer}.`)
}

function checkScheme({ protocol }: URL, { scheme }: SeenCaller): Finding {
  const check = 'scheme'
  return protocol === `${scheme}:`
    ? ok(check, `The server knows that people come by ${scheme}.`)
    : wrong(
        check,
        `People come by ${protocol.slice(0, -1)}, and the server sees ${scheme}: its cookies are made for that.`,
        'In nginx: proxy_set_header X-Forwarded-Proto $scheme;',
      )
}

function checkHost({ host, origin }: URL, seen: SeenCaller, { allowedOrigins }: Config): Finding {
  const check = 'host'
  if (seen.host.toLowerCase() === host) return ok(check, `The server knows that it is called ${host}.`)
  if (allowedOrigins.includes(origin))
    return ok(check, `The server is told ${seen.host}; CORS_ALLOWED_ORIGINS names ${origin}.`)
  return wrong(
    check,
    `The server is told that it is called ${seen.host}, and refuses pages of ${origin}.`,
    `In nginx: proxy_set_header Host $http_host; or set CORS_ALLOWED_ORIGINS=${origin}`,
  )
}

/** What the server says that it sees, and the port it was asked from. */
async function ask(url: URL, headers: Record<string, string>) {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  const request = send(url, { headers, timeout: PATIENCE_MS })
  request.on('timeout', () => request.destroy(new Error('no answer')))
  request.end()
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  const port = answer.socket.localPort
  const status = answer.statusCode ?? 0
  const seen = status === 200 ? ((await json(answer)) as SeenCaller) : null
  answer.resume()
  return { status, seen, port }
}

function whatToDo(error: unknown): string {
  const words = wordsOf(error)
  if (/ECONNREFUSED/.test(words)) return 'Is the server or the proxy running, and is the port right?'
  if (/ENOTFOUND|EAI_AGAIN/.test(words)) return 'Is the name right, and known to DNS?'
  if (/CERT|certificate|SELF_SIGNED/i.test(words))
    return 'Renew or complete the certificate: browsers refuse it, too. For one of your own: NODE_EXTRA_CA_CERTS=/path/to/ca.pem'
  if (/wrong version|SSL|EPROTO/i.test(words))
    return 'The port does not speak TLS: try http://, or another port.'
  return 'Does a firewall stand between?'
}

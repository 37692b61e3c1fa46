/** The socket from end to end, as a page opens it: the upgrade, the origin, the greeting, and an answer to a ping. */
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BEARER_SUBPROTOCOL, CLOSE_CODES } from '@pms/protocol'
import { type Finding, ok, wordsOf, wrong } from './finding.ts'
import type { Visitor } from './visitor.ts'

const PATIENCE_MS = 10_000
const PATH = '/api/notifications/ws'

const UPGRADE_TODO =
  'In nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'

export async function checkSocket(base: URL, visitor: Visitor): Promise<Finding[]> {
  const upgrade = await tryUpgrade(base)
  if (upgrade !== 101)
    return [
      wrong(
        'socket',
        typeof upgrade === 'number'
          ? `Instead of opening the socket, ${base.host} answers ${upgrade}: the upgrade is lost on the way.`
          : `The socket cannot be opened at ${base.host}: ${upgrade}.`,
        UPGRADE_TODO,
      ),
    ]
  return [await talk(base, visitor)]
}

/** Asks for the upgrade by hand, since a WebSocket does not tell why it failed. */
function tryUpgrade(base: URL): Promise<number | string> {
  const { promise, resolve } = Promise.withResolvers<number | string>()
  const send = base.protocol === 'https:' ? requestHttps : requestHttp
  const request = send(new URL(PATH, base), {
    timeout: PATIENCE_MS,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.from('pms doctor knocks').subarray(0, 16).toString('base64'),
    },
  })
  request.on('upgrade', (_answer, socket) => {
    socket.destroy()
    resolve(101)
  })
  request.on('response', answer => {
    answer.destroy()
    resolve(answer.statusCode ?? 0)
  })
  request.on('timeout', () => request.destroy(new Error('no answer')))
  request.on('error', error => resolve(wordsOf(error)))
  request.end()
  return promise
}

async function talk(base: URL, { token, epoch }: Visitor): Promise<Finding> {
  const check = 'socket'
  const url = new URL(PATH, base)
  url.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:'
  const options = { protocols: [BEARER_SUBPROTOCOL, token], headers: { origin: base.origin } }
  // Node's own WebSocket takes headers too, which browsers do not and their types do not know.
  const socket = new WebSocket(url, options as unknown as string[])
  const { promise, resolve } = Promise.withResolvers<Finding>()
  const late = setTimeout(
    () =>
      resolve(
        wrong(
          check,
          'The socket opened, and nothing comes through it.',
          'Does a proxy hold answers back? In nginx: proxy_buffering off;',
        ),
      ),
    PATIENCE_MS,
  )
  let greeted: { epoch?: unknown } | null = null
  let asked = 0
  socket.addEventListener('message', ({ data }) => {
    if (data !== 'pong') {
      greeted ??= JSON.parse(String(data)) as { epoch?: unknown }
      asked = performance.now()
      socket.send('ping')
      return
    }
    const ms = Math.max(1, Math.round(performance.now() - asked))
    resolve(
      greeted?.epoch === epoch
        ? ok(check, `It opens, greets and answers in ${ms} ms; pages of ${base.origin} may use it.`)
        : wrong(
            check,
            'It opens, and leads to another database than this environment names.',
            'Give all servers behind the address the same DATABASE_URL.',
          ),
    )
  })
  socket.addEventListener('close', ({ code, reason }) => resolve(refusal(base, code, reason)))
  socket.addEventListener('error', () => {})
  try {
    return await promise
  } finally {
    clearTimeout(late)
    socket.close()
  }
}

function refusal({ origin }: URL, code: number, reason: string): Finding {
  const check = 'socket'
  if (code === CLOSE_CODES.forbidden && /origin/i.test(reason))
    return wrong(
      check,
      `Pages of ${origin} may not open the socket: the server knows another host by this name.`,
      `In nginx: proxy_set_header Host $http_host; or set CORS_ALLOWED_ORIGINS=${origin}`,
    )
  if (code === CLOSE_CODES.unauthenticated)
    return wrong(
      check,
      'The token did not arrive, or the server does not accept it.',
      'The proxy must pass on the header Sec-WebSocket-Protocol. Do all servers have the same JWT_SECRET?',
    )
  if (code === CLOSE_CODES.tooMany)
    return wrong(
      check,
      `The server refuses: ${reason}.`,
      'Wait a minute. If it stays: does everybody come from one address? See "address of callers".',
    )
  return wrong(
    check,
    `The socket opened and was closed at once (${code}${reason && `, ${reason}`}).`,
    'The log of the server says why; if it says nothing, the proxy cut it off.',
  )
}

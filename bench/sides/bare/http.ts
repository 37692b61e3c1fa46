/** What both sides without a framework answer: a token checked, a body checked, rows, and the delivery they are given. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Body } from '../payload.ts'
import { verifyToken } from '../token.ts'
import { readBody } from './body.ts'
import type { Store, Told } from './store.ts'

export interface BareOptions {
  store: Store
  secret: string
  deliver(told: Told): void
}

export function createBareServer({ store, secret, deliver }: BareOptions) {
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    answer(request, response).catch(error => say(response, 500, { detail: String(error) }))
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || request.url !== '/api/notifications') return say(response, 404, {})
    const [, token = ''] = (request.headers.authorization ?? '').split(' ')
    if (verifyToken(token, secret) === null) return say(response, 401, {})
    const body = readBody(await textOf(request))
    if (!body) return say(response, 422, {})
    await raise(body)
    say(response, 201, { type: body.type, created: body.to.length })
  }

  async function raise(body: Body): Promise<void> {
    for (const told of await store.commit(() => store.addAll(body))) deliver(told)
  }

  return server
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function say(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

/** Listens on a free port and says which. */
export function listen(server: ReturnType<typeof createServer>): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (typeof address === 'object' && address) process.stdout.write(`ready on [${address.port}]\n`)
  })
}

/** A variable without which the server cannot run. */
export function variable(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}

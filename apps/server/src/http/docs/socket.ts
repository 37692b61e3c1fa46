/** What is told of the socket: its AsyncAPI document, and a page to read it. */
import { readFileSync } from 'node:fs'
import { type AsyncApi, asyncApiOf } from '@pms/protocol/asyncapi'
import type { Http } from '../server.ts'
import { STYLES, socketPage } from './socket-page.ts'

export function describeSocket(http: Http): void {
  let made: AsyncApi | undefined
  const document = () => {
    made ??= asyncApiOf({
      title: 'PMS: the socket',
      description:
        'Notifications as they happen, and the commands of an inbox. How a client keeps an inbox that is always exact is told in docs/protocol.md; the calls beside it in the description of the REST API.',
      path: '/api/notifications/ws',
      host: 'pms.example.org',
    })
    return made
  }
  http.get('/api/asyncapi.json', { schema: { hide: true } }, async () => document())
  http.get('/api/docs/socket', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(socketPage(document())),
  )
  http.get(STYLES, { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(styles),
  )
}

const styles = readFileSync(new URL('socket-page.css', import.meta.url), 'utf8')

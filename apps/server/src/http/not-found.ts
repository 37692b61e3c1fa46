/** What is answered where no route is: a problem to programs, the web app's page to people. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './error-handler.ts'
import { methodNotAllowed, notFound } from './errors.ts'
import type { Http } from './server.ts'

/** @param sendPage answers a person's browser, for addresses that the web app knows */
export function answerNotFound(http: Http, sendPage: (reply: FastifyReply) => FastifyReply): void {
  const routes: { method: string; pattern: RegExp }[] = []
  http.addHook('onRoute', ({ method, url }) => {
    if (url.includes('*')) return
    for (const name of [method].flat()) routes.push({ method: name, pattern: patternOf(url) })
  })

  http.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    const methods = routes.filter(route => route.pattern.test(path)).map(route => route.method)
    if (methods.length > 0 && !methods.includes(request.method))
      return sendProblem(reply, methodNotAllowed([...new Set(methods)].sort()))
    const isApi = path === '/api' || path.startsWith('/api/')
    return !isApi && wantsPage(request) ? sendPage(reply) : sendProblem(reply, notFound())
  })
}

/** `/api/goals/:id` matches `/api/goals/x`, with a slash at the end too, and nothing below it. */
function patternOf(url: string): RegExp {
  const source = url
    .split('/')
    .map(part => (part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('/')
  return new RegExp(`^${source}/?$`)
}

function wantsPage({ method, headers }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html')
}

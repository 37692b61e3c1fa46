/** The description of the API, and pages to browse it. */
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { Http } from '../server.ts'
import type { OpenApi } from './document.ts'
import { type DescribedRoute, openApiOf } from './openapi.ts'
import { factsOf } from './operations.ts'
import type { RouteFacts } from './refusals.ts'
import { describeSocket } from './socket.ts'

/** It shows this document and no other. */
const PAGE_STYLES = '.swagger-ui .topbar { display: none } .swagger-ui .info { margin: 24px 0 }'

export interface ApiDescription {
  /** What its calls are, as the description says them. */
  calls(): RouteFacts[]
  openApi(): OpenApi
}

/** To be called before any route is added: only those added later are described. */
export async function describeApi(http: Http): Promise<ApiDescription> {
  const routes: (() => DescribedRoute)[] = []
  let made: OpenApi | undefined

  http.addHook('onRoute', route => {
    if (!route.url.startsWith('/api/') || route.schema?.hide || route.method === 'HEAD') return
    const path = route.url.replaceAll(/:(\w+)/g, '{$1}')
    const [method = ''] = [route.method].flat().map(name => name.toLowerCase())
    // Read when the description is made: hooks that come after this one still add to the route.
    routes.push(() => ({ route, facts: factsOf(method, path, route) }))
  })
  const openApi = () => {
    made ??= openApiOf(routes.map(read => read()))
    return made
  }

  // The page wants that plugin and asks it for what it shows.
  await http.register(swagger, { mode: 'static', specification: { document: { openapi: '3.1.0' } as never } })
  await http.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { docExpansion: 'none' },
    theme: { title: 'PMS: the REST API', css: [{ filename: 'pms.css', content: PAGE_STYLES }] },
    transformSpecification: () => openApi() as never,
    transformSpecificationClone: false,
  })
  http.get('/api/openapi.json', { schema: { hide: true } }, async () => openApi())
  describeSocket(http)

  return { openApi, calls: () => routes.map(read => read().facts) }
}

/** The description of the API, made from the routes' own schemas, and a page to browse it. */
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { Problem } from '@pms/protocol'
import { PROBLEM_TYPE } from './error-handler.ts'
import type { Http } from './server.ts'

/** To be called before any route is added: only those added later are described. */
export async function describeApi(http: Http): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'PMS',
        version: '1',
        description:
          'Goals, and the notifications that go with them. JSON is snake_case; times are ISO 8601 in UTC. Whatever is refused is answered with problem details (RFC 9457).',
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          api_key: { type: 'http', scheme: 'bearer', description: 'A key that was made at /api/api-keys' },
        },
      },
      security: [{ bearer: [] }],
    },
  })
  await http.register(swaggerUi, { routePrefix: '/api/docs' })
  http.get('/api/openapi.json', { schema: { hide: true } }, async () => http.swagger())

  http.addHook('onRoute', route => {
    if (!route.url.startsWith('/api/') || route.schema?.hide) return
    route.schema ??= {}
    route.schema.response = {
      default: { description: 'Refused', content: { [PROBLEM_TYPE]: { schema: Problem } } },
      ...(route.schema.response as object),
    }
    if (route.config?.public) route.schema.security = []
    if (route.config?.scope) route.schema.security = [{ api_key: [] }]
  })
}

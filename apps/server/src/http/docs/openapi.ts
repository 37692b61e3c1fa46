/**
 * The description of the API as OpenAPI 3.1, made from the routes and nothing else. Made here and not by
 * @fastify/swagger: that knows no names for schemas which the validators do not know by reference, and needs seconds of
 * tests for what is a walk through objects.
 */
import { STATUS_CODES } from 'node:http'
import type { RouteOptions } from 'fastify'
import { type Media, type OpenApi, type Operation, type Response, refTo, type Schema } from './document.ts'
import { exampleOf } from './examples.ts'
import { HEADERS, INFO, SECURITY_SCHEMES, SERVERS, TAGS } from './head.ts'
import { operationOf } from './operations.ts'
import type { RouteFacts } from './refusals.ts'
import { schemaWriter } from './schemas.ts'

export interface DescribedRoute {
  facts: RouteFacts
  route: RouteOptions
}

export function openApiOf(routes: readonly DescribedRoute[]): OpenApi {
  const schemas = schemaWriter()
  const paths: OpenApi['paths'] = {}
  const examples: Record<string, { value: unknown }> = {}
  /** With an example, which stands once for all that send or answer the same. */
  function mediaOf(schema: Schema, type: string): Media {
    const written = schemas.write(schema)
    if (type !== 'application/json') return { schema: written }
    const name = schemas.nameOf(schema)
    if (name === undefined) return { schema: written, examples: { example: { value: exampleOf(schema) } } }
    examples[name] ??= { value: exampleOf(schema, name) }
    return { schema: written, examples: { [name]: refTo('examples', name) } }
  }
  for (const { facts, route } of routes) {
    const operation = operationOf(facts, route, mediaOf)
    paths[facts.path] = { ...paths[facts.path], [facts.method]: operation }
  }
  const operations = Object.values(paths).flatMap(methods => Object.values(methods))
  const responses = shareRefusals(operations)
  return {
    openapi: '3.1.0',
    info: INFO,
    servers: SERVERS,
    security: [{ bearer: [] }],
    tags: TAGS,
    paths,
    components: {
      schemas: schemas.components(),
      responses,
      examples,
      headers: HEADERS,
      securitySchemes: SECURITY_SCHEMES,
    },
  }
}

/** The most common refusal of each status is said once; the others stand where they are. */
function shareRefusals(operations: readonly Operation[]): Record<string, Response> {
  const all = operations.flatMap(({ responses }) =>
    Object.entries(responses)
      .filter((entry): entry is [string, Response] => Number(entry[0]) >= 400 && !('$ref' in entry[1]))
      .map(([status, response]) => ({ responses, status, response, text: JSON.stringify(response) })),
  )
  const shared: Record<string, Response> = {}
  for (const [status, refusals] of Map.groupBy(all, refusal => refusal.status)) {
    const alike = [...Map.groupBy(refusals, refusal => refusal.text).values()]
    const [most = []] = alike.sort((one, other) => other.length - one.length)
    const name = (STATUS_CODES[status] ?? status).replaceAll(/\W/g, '')
    for (const { responses, response } of most) {
      shared[name] = response
      responses[status] = refTo('responses', name)
    }
  }
  return shared
}

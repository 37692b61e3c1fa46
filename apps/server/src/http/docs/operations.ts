/** One operation of the description, made from its route. */
import { CSRF_HEADER } from '@pms/contract'
import type { FastifySchema, RouteOptions } from 'fastify'
import type { Media, Operation, Parameter, Response, Schema } from './document.ts'
import { operationIdOf } from './operation-ids.ts'
import { headerRefs, LIMIT_HEADERS, type RouteFacts, refusalsOf } from './refusals.ts'
import { mandatory } from './schemas.ts'

/** Writes a schema that is sent or answered. */
export type WriteMedia = (schema: Schema, type: string) => Media

interface DescribedSchema extends FastifySchema {
  body?: Schema
  params?: Schema
  querystring?: Schema
  headers?: Schema
  response?: Record<string, Schema>
  /** Where it does not follow from the rest of the route. */
  security?: Record<string, string[]>[]
}

export function factsOf(method: string, path: string, route: RouteOptions): RouteFacts {
  const { body, querystring, headers } = schemaOf(route)
  const config = route.config ?? {}
  return {
    method,
    path,
    isPublic: config.public === true,
    takesKey: config.scope !== undefined,
    ownPage: config.ownPage === true,
    setsCookies: config.setsCookies === true,
    isIdempotent: 'idempotency-key' in (headers?.properties ?? {}),
    takesInput: Boolean(body ?? querystring),
    refuses: config.refuses ?? [],
  }
}

export function operationOf(facts: RouteFacts, route: RouteOptions, write: WriteMedia): Operation {
  const { summary, description, tags, body, consumes, produces, response, ...schema } = schemaOf(route)
  const parameters = [
    ...parametersIn('path', schema.params, facts.path),
    ...parametersIn('query', schema.querystring, facts.path),
    ...parametersIn('header', schema.headers, facts.path),
    ...(facts.ownPage ? [OWN_PAGE] : []),
  ]
  const security = schema.security ?? securityOf(facts)
  const requestBody = bodyOf(body, consumes?.[0], write)
  return {
    operationId: operationIdOf(facts.method, facts.path),
    ...(summary ? { summary } : {}),
    ...(description ? { description } : {}),
    ...(tags ? { tags: [...tags] } : {}),
    ...(security ? { security } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(requestBody ? { requestBody } : {}),
    responses: { ...answersOf(facts, response, produces?.[0], write), ...refusalsOf(facts) },
  }
}

const schemaOf = (route: RouteOptions) => (route.schema ?? {}) as DescribedSchema

function parametersIn(place: Parameter['in'], fields: Schema | undefined, path: string): Parameter[] {
  if (!fields) return []
  const needed = mandatory(fields)
  return Object.entries(fields.properties ?? {}).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path' || needed.includes(name),
    description: description ?? (place === 'path' ? `Which ${ownerOf(name, path)}` : undefined),
    schema,
  }))
}

/** Of what a part of a path is the id: in `/api/goals/{id}`, a goal. */
function ownerOf(name: string, path: string): string {
  const parts = path.split('/')
  const owner = parts[parts.indexOf(`{${name}}`) - 1] ?? ''
  return owner.replace(/ies$/, 'y').replace(/s$/, '').replaceAll('-', ' ')
}

const OWN_PAGE: Parameter = {
  name: CSRF_HEADER.name,
  in: 'header',
  required: true,
  description: 'Shows that one of our own pages calls: a page of another site cannot add it',
  schema: { type: 'string', enum: [CSRF_HEADER.value] },
}

/** undefined: as the head of the description says, by the token of a person. */
function securityOf({ method, isPublic, takesKey, ownPage }: RouteFacts): Operation['security'] {
  if (ownPage) return [{ refresh_cookie: [] }]
  if (isPublic) return []
  if (takesKey) return [{ api_key: [] }]
  return method === 'get' ? [{ bearer: [] }, { access_cookie: [] }] : undefined
}

/** A body may be left out where nothing in it must be there, and is not spoken of where there is nothing it could hold. */
function bodyOf(
  body: Schema | undefined,
  type = 'application/json',
  write: WriteMedia,
): Operation['requestBody'] {
  if (!body || (body.properties && Object.keys(body.properties).length === 0)) return undefined
  const required = mandatory(body).length > 0 || Boolean(body.minProperties)
  return { required, content: { [type]: write(body, type) } }
}

const MEANINGS: Readonly<Record<string, string>> = { 200: 'Done', 201: 'Created' }

function answersOf(
  { isIdempotent, setsCookies }: RouteFacts,
  response: Record<string, Schema> = {},
  type = 'application/json',
  write: WriteMedia,
): Record<string, Response> {
  const names = [
    ...LIMIT_HEADERS,
    ...(isIdempotent ? ['Idempotency-Replayed'] : []),
    ...(setsCookies ? ['Set-Cookie'] : []),
    ...(type === 'application/json' ? [] : ['Content-Disposition']),
  ]
  const headers = headerRefs(names)
  return Object.fromEntries(
    Object.entries(response).map(([status, schema]) => [
      status,
      {
        description: schema.description ?? MEANINGS[status] ?? '',
        headers,
        content: { [type]: write(schema, type) },
      },
    ]),
  )
}

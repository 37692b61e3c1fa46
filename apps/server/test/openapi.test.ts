/** The description of the API: a document that others can read, whole, and true of the server it came from. */
import { validate } from '@readme/openapi-parser'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenApi, Operation, Response } from '../src/http/docs/document.ts'
import { PROBLEM_CODES } from '../src/http/problem-codes.ts'
import { startServer, type TestServer } from '../src/testing/index.ts'

let server: TestServer
let document: OpenApi
let operations: (readonly [call: string, operation: Operation])[]

beforeAll(async () => {
  server = await startServer()
  document = (await server.rest().get<OpenApi>('/api/openapi.json')).body
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
    ),
  )
})
afterAll(() => server.close())

/** Routes about the description itself, and those that answer nobody but our own programs. */
const UNDESCRIBED = /^GET \/api\/(docs\b|openapi\.json|asyncapi\.json|system\/caller)/

test('it is OpenAPI 3.1, every reference in it leads somewhere', async () => {
  expect(await validate(structuredClone(document) as never)).toMatchObject({ valid: true, warnings: [] })
})

test('every route of the server is in it, and none that there is not', () => {
  const served = callsOf(server.app.http.printRoutes({ commonPrefix: false }))
  const described = operations.map(([call]) => call)
  expect(described.sort()).toEqual(served.filter(call => !UNDESCRIBED.test(call)).sort())
})

test('every call says what it does, under a tag that is explained and a name of its own', () => {
  const tags = document.tags.map(tag => tag.name)
  for (const [call, { summary, operationId, tags: [tag = '', ...others] = [] }] of operations) {
    expect([call, summary?.length ?? 0]).toEqual([call, expect.toSatisfy((length: number) => length > 5)])
    expect(tags, call).toContain(tag)
    expect(others, call).toEqual([])
    expect(operationId, call).toMatch(/^[a-z]+[A-Z]\w+$/)
  }
  const names = operations.map(([, { operationId }]) => operationId)
  expect(new Set(names).size).toBe(names.length)
  const used = new Set(operations.flatMap(([, operation]) => operation.tags))
  expect([...used].sort()).toEqual([...tags].sort())
})

test('every parameter is explained, and those of a path are all there', () => {
  for (const [call, { parameters = [] }] of operations) {
    for (const { name, description } of parameters) expect(description, `${call} ${name}`).toBeTruthy()
    const inPath = parameters.filter(parameter => parameter.in === 'path').map(({ name }) => `{${name}}`)
    expect(inPath, call).toEqual(call.match(/\{\w+\}/g) ?? [])
  }
})

test('every call has one answer when it succeeds, said in full, and names how it can be refused', () => {
  for (const [call, { responses }] of operations) {
    const [success = '', ...refusals] = Object.keys(responses)
    expect(['200', '201'], call).toContain(success)
    expect(responses[success], call).toMatchObject({
      description: expect.stringMatching(/./),
      content: expect.any(Object),
    })
    expect(refusals, call).toEqual(expect.arrayContaining(['429', '500', '503']))
    for (const status of refusals) {
      const { content, description } = whole(responses[status])
      const { examples = {} } = content?.['application/problem+json'] ?? {}
      const codes = Object.keys(examples) as (keyof typeof PROBLEM_CODES)[]
      expect(codes.length, `${call} ${status}`).toBeGreaterThan(0)
      for (const code of codes) {
        expect(PROBLEM_CODES[code].status, `${call} ${code}`).toBe(Number(status))
        expect(description).toContain(PROBLEM_CODES[code].when)
      }
    }
  }
})

test('what follows from a route is said of it: who may call, what it reads, that it is done once', () => {
  const codes = (call: string) => {
    const [, operation] = operations.find(([name]) => name === call) ?? []
    return Object.entries(operation?.responses ?? {}).flatMap(([status, response]) =>
      Number(status) < 400
        ? []
        : Object.keys(whole(response).content?.['application/problem+json']?.examples ?? {}),
    )
  }
  expect(codes('GET /api/goals')).toEqual(expect.arrayContaining(['not_signed_in', 'invalid_input']))
  expect(codes('GET /api/goals')).not.toContain('invalid_json')
  expect(codes('GET /api/info')).not.toContain('not_signed_in')
  expect(codes('GET /api/goals/{id}')).toContain('not_found')
  expect(codes('POST /api/goals')).toEqual(
    expect.arrayContaining(['idempotency_mismatch', 'unsupported_media_type', 'quarter_frozen']),
  )
  expect(codes('PUT /api/goals/{id}/approve')).toEqual(expect.arrayContaining(['wrong_state', 'forbidden']))
  expect(codes('POST /api/notifications')).toContain('insufficient_scope')
  expect(codes('POST /api/auth/refresh')).toContain('csrf')
})

test('every example is one of what it is an example of: bodies, answers and refusals', () => {
  const ajv = new Ajv2020({ strict: false, validateSchema: false })
  formats.default(ajv)
  ajv.addFormat('binary', true)
  ajv.addSchema(document, 'document')
  const known = new Map<string, ValidateFunction>()
  let tried = 0
  for (const [call, { requestBody, responses }] of operations) {
    for (const content of [requestBody, ...Object.values(responses).map(whole)].map(part => part?.content)) {
      for (const [type, { schema, examples = {} }] of Object.entries(content ?? {})) {
        if (!type.includes('json')) continue
        expect(Object.keys(examples).length, call).toBeGreaterThan(0)
        const text = JSON.stringify(schema).replaceAll('"#/', '"document#/')
        const check = known.get(text) ?? ajv.compile(JSON.parse(text))
        known.set(text, check)
        for (const [name, example] of Object.entries(examples)) {
          const shown = '$ref' in example ? document.components.examples?.[name] : example
          check(shown?.value)
          expect([call, name, check.errors ?? []]).toEqual([call, name, []])
          tried += 1
        }
      }
    }
  }
  expect(tried).toBeGreaterThan(500)
})

test('the socket has a page too: each message in it, and no script', async () => {
  type Socket = { components: { messages: Record<string, object> } }
  const { body } = await server.rest().get<Socket>('/api/asyncapi.json')
  const page = (await server.rest().get<string>('/api/docs/socket')).body
  for (const name of Object.keys(body.components.messages)) expect(page).toContain(`<article id="${name}">`)
  expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=/)
  const links = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link = '']) => link)
  expect(links).toContain('/api/docs')
  const places = links.filter(link => link.startsWith('#')).map(link => link.slice(1))
  for (const place of places) expect(page).toContain(` id="${place}"`)
  expect(JSON.stringify(document)).toContain('(/api/docs/socket)')
  const styles = links.find(link => link.endsWith('.css')) ?? ''
  expect((await server.rest().get(styles)).headers.get('content-type')).toBe('text/css; charset=utf-8')
})

function whole(response: Response | { $ref: string } | undefined): Response {
  const none: Response = { description: '' }
  if (!response) return none
  if (!('$ref' in response)) return response
  return document.components.responses?.[response.$ref.split('/').at(-1) ?? ''] ?? none
}

/** What a server serves below `/api`, read from the tree that it prints of its routes. */
function callsOf(tree: string): string[] {
  const above: string[] = []
  return tree.split('\n').flatMap(line => {
    const [, indent = '', part = '', methods = ''] = /^([│ ]*[├└]── )(\S+)(?: \((.*)\))?$/.exec(line) ?? []
    const depth = indent.length / 4 - 1
    if (depth < 0) return []
    above.length = depth
    above.push(part)
    const path = above.join('').replaceAll(/:(\w+)/g, '{$1}')
    if (!path.startsWith('/api/')) return []
    return methods
      .split(', ')
      .filter(method => method !== '' && method !== 'HEAD' && method !== 'OPTIONS')
      .map(method => `${method} ${path}`)
  })
}

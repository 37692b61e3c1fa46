/**
 * docs/protocol.md says what the wire is: every message, field, type, command, close code, call and limit there is, and
 * none that there is not.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TICKET_SECONDS } from '../../apps/server/src/auth/tickets.ts'
import { readConfig } from '../../apps/server/src/config.ts'
import { startServer, type TestServer } from '../../apps/server/src/testing/index.ts'
import { expectConform } from '../../apps/server/test/conform.ts'
import { heard } from '../../apps/server/test/goal-calls.ts'
import { DEFAULT_SOCKET_LIMITS } from '../../packages/notifier/src/socket.ts'
import * as wire from '../../packages/protocol/src/index.ts'
import { dereference } from './dereference.ts'
import { bare, blocks, codeIn, firstCells, PAGE, SHAPES, section, tableOf } from './protocol-page.ts'
import { type Schema, wordsFor } from './schema-words.ts'

const { CLOSE_CODES, InboxItem, Notification, NotificationPage, ServerMessage, parseCommand } = wire

const ID = '01a2068e-b7fc-72c7-afb3-e2809c5cc3e1'

/** The word that a message travels under; undefined for what is no message. */
const typeOf = (schema: object) => (schema as Schema).properties?.type?.const

const fieldsOf = (schema: object = {}) => Object.keys((schema as Schema).properties ?? {}).sort()

/** Every object among the schemas, by that word or by its name. */
const objects = (Object.entries(wire) as [string, Schema][])
  .filter(([, schema]) => schema.properties)
  .map(([name, schema]) => [typeOf(schema) ?? name, schema] as const)

test('it is the page of this version', () => {
  expect(PAGE).toContain(`\nThis page describes version ${wire.PROTOCOL_VERSION}.`)
})

describe('shapes', () => {
  test('each message and each answer there is, and no other', () => {
    const named = [...SHAPES.keys()].filter(name => !name.includes('/'))
    expect(named.sort()).toEqual(objects.map(([name]) => name).sort())
  })

  test('each message of the union is among them', () => {
    const messages = objects.filter(([, schema]) => typeOf(schema) !== undefined)
    expect(ServerMessage.anyOf.map(typeOf).sort()).toEqual(messages.map(([name]) => name).sort())
  })

  test.each(objects)('%s: each field, its type, and whether it may be missing', (name, schema) => {
    const fields = wordsFor(schema)
    // What an inbox item shares with a notification is said once.
    if (name === 'InboxItem') for (const field of Object.keys(Notification.properties)) delete fields[field]
    expect(SHAPES.get(name)).toEqual(fields)
  })

  test('an inbox item has the fields of a notification as they are', () => {
    expect(wordsFor(InboxItem)).toMatchObject(wordsFor(Notification))
  })

  test('each reason to start over', () => {
    expect(firstCells('reason')).toEqual([...wire.SYNC_RESET_REASONS])
  })
})

describe('commands', () => {
  test('each there is, by the names that the server has for them', () => {
    const refusal = parseCommand('?')
    expect(refusal).toHaveProperty('message', `Known commands: ${firstCells('command').join(', ')}`)
  })

  test('each is understood as it stands there', () => {
    for (const form of firstCells('command')) {
      const forms = form.includes('[') ? [form.replace(/\[.*\]/, ''), form.replace(/[[\]]/g, '')] : [form]
      for (const text of forms.map(each => each.replace('<id>', ID).replace(/<\w+>/, '7')))
        expect(parseCommand(text), text).toHaveProperty('verb', /^\w+/.exec(form)?.[0])
    }
  })
})

describe('the end of a socket', () => {
  test('each close code there is', () => {
    expect(firstCells('close code').map(Number).sort()).toEqual(Object.values(CLOSE_CODES).sort())
  })

  test('which of them are final', () => {
    const final = tableOf('close code').rows.filter(([, , todo]) => todo?.startsWith('final'))
    expect(final.map(([code]) => Number(code))).toEqual([...wire.FINAL_CLOSE_CODES])
  })
})

test('limits that are what they are', () => {
  const { idleMs, patienceMs, pageSize, replayLimit, maxBufferedBytes } = DEFAULT_SOCKET_LIMITS
  const values = [
    `${idleMs / 1_000} s`,
    `${patienceMs / 1_000} s`,
    `${TICKET_SECONDS} s`,
    String(pageSize),
    String(replayLimit),
    `${maxBufferedBytes / 2 ** 20} MiB`,
  ]
  const fixed = tableOf('limit').rows.flatMap(([, value, setting]) => (setting === '' ? [value] : []))
  expect(fixed.slice(0, values.length)).toEqual(values)
})

test('each limit that can be set, with its usual value', () => {
  const limits = tableOf('limit').rows.flatMap(([, value = '', setting]) => {
    const [name] = codeIn(setting)
    return name === undefined ? [] : [[camelCase(name), Number(/\d+/.exec(value)?.[0])]]
  })
  const { loginsPerMinute: _, ...usual } = readConfig({}).limits
  expect(Object.fromEntries(limits)).toEqual(usual)
})

const camelCase = (name: string) => name.toLowerCase().replace(/_(\w)/g, (_, letter) => letter.toUpperCase())

describe('a running server', () => {
  let server: TestServer
  /** What calls take and answer, by the call. */
  let calls: Map<string, { takes: Schema | undefined; answers: Schema }>

  beforeAll(async () => {
    server = await startServer()
    calls = callsOf((await server.rest().get<OpenApi>('/api/openapi.json')).body)
  })
  afterAll(() => server.close())

  test('each call about notifications, and no other', () => {
    expect(firstCells('call').sort()).toEqual([...calls.keys()].sort())
  })

  test('what each call takes, in the query or in the body', () => {
    const taking = [...calls].flatMap(([call, { takes }]) => (takes ? [[call, wordsFor(takes)]] : []))
    const said = [...SHAPES].filter(([name]) => name.includes('/'))
    expect(Object.fromEntries(said)).toEqual(Object.fromEntries(taking))
  })

  test('what each call answers', () => {
    const schemas = new Map<string, object>(objects)
    for (const [call, , answer] of tableOf('call').rows) {
      const [name = ''] = codeIn(answer)
      expect(fieldsOf(calls.get(bare(call))?.answers), call).toEqual(fieldsOf(schemas.get(name)))
    }
  })

  test('the types that the list can be filtered by', () => {
    const types =
      calls.get('GET /api/notifications')?.takes?.properties?.notification_type?.['x-extensible-enum']
    expect(codeIn(section('Notification types'))).toEqual(types)
  })

  test('the codes of errors that the description of the socket names', async () => {
    type Described = { channels: { socket: { 'x-error-codes': object } } }
    const { body } = await server.rest().get<Described>('/api/asyncapi.json')
    expect(Object.keys(body.channels.socket['x-error-codes'])).toEqual(firstCells('error code'))
  })

  test('the codes of errors on the socket', async () => {
    const socket = await server.socket(await server.addPerson('Amy'), { query: { since: 'x' } })
    for (const text of ['dance', `delete:${ID}`, 'auth:x']) socket.send(text)
    await socket.until(({ code }) => code === 'bad_token')
    const codes = (await heard(socket)).flatMap(({ code }) => (typeof code === 'string' ? [code] : []))
    expect(codes.sort()).toEqual(['bad_argument', 'bad_token', 'not_found', 'unknown_command'])
    expect(firstCells('error code')).toEqual(expect.arrayContaining(codes))
  })
})

describe('examples', () => {
  const [example = ''] = blocks('json')
  const lines = blocks('wire').flatMap(block => block.split('\n').filter(line => /^[CS]: /.test(line)))
  const said = (who: string) => lines.filter(line => line.startsWith(who)).map(line => line.slice(3))

  test('a notification is one', () => {
    expectConform(InboxItem, JSON.parse(example))
  })

  test.each(said('S'))('the server may say: %s', line => {
    if (line === 'pong') return
    const [, code] = /^close (\d+)$/.exec(line) ?? []
    if (code !== undefined) return expect(Object.values(CLOSE_CODES)).toContain(Number(code))
    const answer: unknown = JSON.parse(line.replaceAll('{…}', example))
    expectConform(line.startsWith('{"type"') ? ServerMessage : NotificationPage, answer)
  })

  test.each(said('C'))('a client may say: %s', line => {
    if (line.startsWith('GET ')) return expect(firstCells('call')).toContain(line.split('?')[0])
    const [, query] = /^connect \?(.*)$/.exec(line) ?? []
    if (query === undefined) return expect(parseCommand(line)).toHaveProperty('verb')
    expect(firstCells('parameter')).toEqual(expect.arrayContaining([...new URLSearchParams(query).keys()]))
  })
})

interface Operation {
  security?: readonly object[]
  parameters?: readonly { name: string; in: string; required: boolean; schema: Schema }[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
  responses: { 200: { content: { 'application/json': { schema: Schema } } } }
}
interface OpenApi {
  paths: Record<string, Record<string, Operation>>
}

/** The calls about notifications in a description of the API. */
function callsOf(document: OpenApi) {
  const operations = Object.entries(dereference(document).paths)
    .filter(([path]) => path.startsWith('/api/notifications'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        call: `${method.toUpperCase()} ${path}`,
        operation,
      })),
    )
    // What other systems call is none of a client's.
    .filter(({ operation }) => !operation.security?.some(scheme => 'api_key' in scheme))
  return new Map(
    operations.map(({ call, operation: { parameters = [], requestBody, responses } }) => {
      const query = parameters.filter(parameter => parameter.in === 'query')
      const fields: Schema = {
        properties: Object.fromEntries(query.map(({ name, schema }) => [name, schema])),
        required: query.filter(({ required }) => required).map(({ name }) => name),
      }
      const body = requestBody?.content['application/json'].schema
      const takes = body ?? (query.length > 0 ? fields : undefined)
      return [call, { takes, answers: responses[200].content['application/json'].schema }]
    }),
  )
}

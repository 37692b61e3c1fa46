/** The socket's AsyncAPI document: one that others can read, with every message that there is, each example one of them. */
import schema from '@asyncapi/specs/schemas/3.0.0.json' with { type: 'json' }
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { beforeAll, describe, expect, test } from 'vitest'
import { type AsyncMessage, asyncApiOf } from '../src/asyncapi/index.ts'
import * as wire from '../src/index.ts'

const document = asyncApiOf({ title: 'T', description: 'D', path: '/ws', host: 'localhost' })
const messages = document.components.messages as Record<string, AsyncMessage>

/** The words of every message that the package exports. */
const exported = Object.values<unknown>(wire).flatMap(value => {
  const word = (value as { properties?: { type?: { const?: string } } } | null)?.properties?.type?.const
  return word === undefined ? [] : [word]
})
const verbs = (wire.parseCommand('?') as wire.CommandProblem).message.match(/(?<=[:,] )\w+/g) ?? []

test('it is AsyncAPI 3.0', () => {
  // It brings the schema of schemas that it is written in.
  const ajv = new Ajv({ strict: false, meta: false, validateSchema: false })
  formats.default(ajv)
  ajv.validate(schema, document)
  expect(ajv.errors ?? []).toEqual([])
})

test('each reference in it leads somewhere', () => {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path)
  expect(refs.length).toBeGreaterThan(20)
  for (const path of refs) {
    const found = path
      .split('/')
      .reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], document)
    expect(found, path).toBeDefined()
  }
})

test('every message of the server is in it, and every command, and nothing else', () => {
  expect(exported.length).toBeGreaterThan(10)
  expect(Object.keys(messages).sort()).toEqual(
    [...exported, 'pong', ...verbs.map(verb => `command_${verb}`)].sort(),
  )
  expect(Object.keys(document.channels.socket.messages)).toEqual(Object.keys(messages))
})

test('each is sent or received by an operation', () => {
  const named = Object.values(document.operations).flatMap(({ action, messages: refs }) =>
    refs.map(({ $ref }) => [$ref.split('/').at(-1), action]),
  )
  expect(Object.fromEntries(named)).toEqual(
    Object.fromEntries(
      Object.keys(messages).map(name => [name, name.startsWith('command_') ? 'receive' : 'send']),
    ),
  )
})

test('every close code is in it', () => {
  const codes = document.channels.socket['x-close-codes'].map(({ code }) => code)
  expect(codes.sort()).toEqual(Object.values(wire.CLOSE_CODES).sort())
})

describe.each(Object.entries(messages))('%s', (name, { summary, examples, payload }) => {
  const ajv = new Ajv({ strict: false })
  beforeAll(() => {
    formats.default(ajv)
    ajv.addSchema({ ...document }, 'document')
  })

  test('says what it is, and its examples are such messages', () => {
    expect(summary).toMatch(/.{5}/)
    expect(examples.length).toBeGreaterThan(0)
    const check = ajv.compile(withKey(payload))
    for (const { payload: example } of examples) {
      check(example)
      expect(check.errors ?? []).toEqual([])
      if (name.startsWith('command_')) expect(wire.parseCommand(String(example))).toHaveProperty('verb')
    }
    expect(check('dance'), 'anything at all').toBe(false)
  })
})

/** References of the document, for a schema that stands alone. */
const withKey = (payload: object): object =>
  JSON.parse(JSON.stringify(payload).replaceAll('"$ref":"#/', '"$ref":"document#/'))

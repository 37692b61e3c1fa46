/**
 * The wire does not change by accident. When this fails the wire has changed: raise PROTOCOL_VERSION, add its
 * fingerprint, and bring docs/protocol.md and the clients along. A fingerprint that was released stays as it is.
 */
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import * as wire from '../src/index.ts'

const FINGERPRINTS: Record<number, string> = {
  1: 'dd5d63552a2e5831',
  2: '143b921c7c4e2515',
}

/** Every command in every form. A verb that is missing here is an error of types. */
const COMMANDS: Record<wire.Command['verb'], readonly wire.Command[]> = {
  ping: [{ verb: 'ping' }],
  mark_read: [{ verb: 'mark_read', id: '0190a5f0-7b1c-7d6e-8f00-0123456789ab' }],
  mark_unread: [{ verb: 'mark_unread', id: '0190a5f0-7b1c-7d6e-8f00-0123456789ab' }],
  mark_all_read: [
    { verb: 'mark_all_read', throughSeq: null },
    { verb: 'mark_all_read', throughSeq: 7 },
  ],
  delete: [{ verb: 'delete', id: '0190a5f0-7b1c-7d6e-8f00-0123456789ab' }],
  sync: [{ verb: 'sync', since: 7 }],
  auth: [{ verb: 'auth', token: 'a.b.c' }],
}
const VERBS = Object.keys(COMMANDS)

/** What a server makes of each command with each kind of argument; of what it refuses, the code. */
function understood(): unknown[] {
  const texts = Object.values(COMMANDS).flat().map(wire.formatCommand)
  const found = new Set(texts.map(text => /:.*/.exec(text)?.[0] ?? ''))
  const given = ['PING', ...VERBS.flatMap(verb => [...found, ':', ':-1'].map(argument => verb + argument))]
  return [...texts, ...given].map(text => {
    const read = wire.parseCommand(text)
    return [text, 'code' in read ? read.code : read]
  })
}

/** Everything a client can see of the wire, without the words that explain it and the order they stand in. */
function fingerprint(): string {
  const { PROTOCOL_VERSION: _, parseCommand: __, formatCommand: ___, ...visible } = wire
  const text = JSON.stringify({ ...visible, understood: understood() }, (key, value) => {
    if (key === 'description' && typeof value === 'string') return undefined
    if (key === 'required') return [...value].sort()
    if (value instanceof Set) return [...value]
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
  })
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

it('is the wire of its version', () => {
  expect(fingerprint(), 'the wire has changed: raise PROTOCOL_VERSION, see the head of this file').toBe(
    FINGERPRINTS[wire.PROTOCOL_VERSION],
  )
})

it('has a fingerprint of each version so far, no two alike', () => {
  const versions = Object.keys(FINGERPRINTS).map(Number)
  expect(versions).toEqual(Array.from({ length: wire.PROTOCOL_VERSION }, (_, index) => index + 1))
  expect(new Set(Object.values(FINGERPRINTS)).size).toBe(versions.length)
})

it('has these commands, and says so to whoever asks for another', () => {
  const refusal = wire.parseCommand('?')
  expect('code' in refusal && refusal.message.match(/(?<=[:,] )\w+/g)).toEqual(VERBS)
})

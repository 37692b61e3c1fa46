/**
 * The wire does not change by accident. When this fails the wire has changed: raise PROTOCOL_VERSION, add its
 * fingerprint, and bring docs/protocol.md and the clients along. A fingerprint that was released stays as it is.
 */
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import * as wire from '../src/index.ts'

const FINGERPRINTS: Record<number, string> = {
  1: 'e9adcdb2d889b287',
}

/** Everything a client can see of the wire, without the words that explain it. */
function fingerprint(): string {
  const { PROTOCOL_VERSION: _, parseCommand: __, formatCommand: ___, ...visible } = wire
  const known = wire.parseCommand('?')
  const text = JSON.stringify({ ...visible, known }, (key, value) => {
    if (key === 'description') return undefined
    return value instanceof Set ? [...value] : value
  })
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

it('is the wire of its version', () => {
  expect(fingerprint()).toBe(FINGERPRINTS[wire.PROTOCOL_VERSION])
})

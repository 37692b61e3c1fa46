/** What is said on a socket by somebody who does not know how, or means harm. */
import { formatCommand } from '../../../packages/protocol/src/index.ts'
import type { Chance } from '../../faults/kit/random.ts'
import { encodeFrame, OPCODES, textFrame } from './frames.ts'

/** Longer than any command may be. */
const TOO_LONG = 9_000

const GUESSES = [
  '{"type":"mark_read","notification_id":"x"}',
  '{"type":"subscribe","channel":"*"}',
  '["ping"]',
  'PING',
  'ping:',
  'sync:-1',
  'sync:1e3',
  'sync:999999999999999',
  'sync:9999999999999999',
  'mark_all_read:999999999999999',
  'auth:',
  'auth:eyJhbGciOiJub25lIn0.e30.',
  'toString:1',
  '__proto__:1',
  'constructor',
  '',
  ' ',
  '\0',
  '\ufeffping',
  '{}',
  'null',
]
const PIECES = [
  ':',
  '\n',
  '\0',
  '\ud83d',
  '€',
  'é',
  '\u202e',
  ' ',
  '{',
  '"',
  '%00',
  '-',
  '0',
  'mark_',
  '\ufeff',
]

/** A command, as it should be. @param id of a notification */
export function commandText(chance: Chance, id: string, token: string): string {
  switch (chance.below(8)) {
    case 0:
      return formatCommand({ verb: 'mark_all_read', throughSeq: chance.pick([null, 0, 1, 3, 1e9]) })
    case 1:
      return formatCommand({ verb: 'sync', since: chance.pick([0, 1, 2, 50, 1e9]) })
    case 2:
      return formatCommand({ verb: 'auth', token })
    case 3:
      return 'ping'
    default:
      return formatCommand({ verb: chance.pick(['mark_read', 'mark_unread', 'delete'] as const), id })
  }
}

/** A command with something wrong, or what somebody took for one. */
export function wrongText(chance: Chance, right: string): string {
  const at = chance.below(right.length + 1)
  switch (chance.below(7)) {
    case 0:
      return chance.pick(GUESSES)
    case 1:
      return right.slice(0, at) + chance.pick(PIECES) + right.slice(at)
    case 2:
      return right.slice(0, at) + right.slice(at + 1)
    case 3:
      return right.toUpperCase()
    case 4:
      return `${right}${right}`
    case 5:
      return chance.pick(['[', '{"a":', '"', right]).repeat(chance.below(300))
    default:
      return chance.pick(['a', '[', '€']).repeat(TOO_LONG)
  }
}

/** A frame of anything: one that is right, one that breaks a rule, or bytes that are no frame. */
export function wrongFrame(chance: Chance, text: string): Buffer {
  const bytes = (most: number) => Uint8Array.from({ length: chance.below(most) }, () => chance.below(256))
  const payload = Buffer.from(text)
  switch (chance.below(12)) {
    case 0:
      return inPieces(chance, payload)
    case 1:
      return encodeFrame(OPCODES.binary, payload)
    case 2:
      // No text in UTF-8.
      return encodeFrame(OPCODES.text, Uint8Array.from([...payload, 0xc3, 0x28, 0xff]))
    case 3:
      return encodeFrame(OPCODES.text, payload, { reserved: 1 + chance.below(7) })
    case 4:
      return encodeFrame(OPCODES.text, payload, { masked: false })
    case 5:
      return encodeFrame(OPCODES.text, payload, { length: chance.pick([2 ** 16, 2 ** 31, 2 ** 52, 9_000]) })
    case 6:
      return encodeFrame(OPCODES.continuation, payload)
    case 7:
      return encodeFrame(chance.pick([0x3, 0x7, 0xb, 0xf]), bytes(60))
    case 8:
      return encodeFrame(chance.pick([OPCODES.ping, OPCODES.pong]), bytes(300), { fin: chance.below(4) > 0 })
    case 9:
      return encodeFrame(OPCODES.close, closePayload(chance))
    case 10:
      return Buffer.concat(Array.from({ length: 40 }, () => encodeFrame(OPCODES.ping, bytes(125))))
    default:
      return Buffer.from(bytes(2_000))
  }
}

/** A message in several frames, with a control frame between them as is allowed; sometimes in far too many. */
function inPieces(chance: Chance, payload: Buffer): Buffer {
  const pieces = chance.pick([2, 3, 8, 40])
  const size = Math.max(1, Math.ceil(payload.length / pieces))
  const frames = Array.from({ length: pieces }, (_, n) =>
    encodeFrame(n === 0 ? OPCODES.text : OPCODES.continuation, payload.subarray(n * size, (n + 1) * size), {
      fin: n === pieces - 1,
    }),
  )
  if (chance.below(2) === 0) frames.splice(1, 0, encodeFrame(OPCODES.ping, Buffer.from('between')))
  if (chance.below(6) === 0) frames.splice(1, 0, textFrame('ping'))
  return Buffer.concat(frames)
}

function closePayload(chance: Chance): Uint8Array {
  const code = chance.pick([1000, 1001, 999, 1004, 1005, 1006, 1015, 2999, 4401, 5000, 65535])
  const payload = Buffer.from([
    code >> 8,
    code & 0xff,
    ...Buffer.from(chance.pick(['', 'bye', 'x'.repeat(100)])),
  ])
  return chance.below(5) === 0 ? payload.subarray(0, 1) : payload
}

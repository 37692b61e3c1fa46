/** Whatever bytes come in, the server lives, lets go of who sent them, and goes on serving everybody else. */
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { closeCode, frame, type SocketServer, startSocketServer } from './socket-server.ts'

let here: SocketServer
let bob: ReturnType<SocketServer['connect']>
beforeEach(async () => {
  here = await startSocketServer({ limits: { commandsPerSecond: 100_000 } })
  bob = here.connect('?token=token-bob')
  await bob.next()
})
afterEach(() => here.stop())

async function bobIsServed(): Promise<void> {
  bob.say('mark_read:nonsense')
  expect(await bob.next()).toMatchObject({ type: 'error', code: 'bad_argument' })
}

it.each([
  ['an opcode that means nothing', frame(0x3, 'ping'), 1002],
  ['a control opcode that means nothing', frame(0xb, ''), 1002],
  ['reserved bits', frame(0x41, 'ping'), 1002],
  ['a frame without mask', frame(0x1, 'ping', { masked: false }), 1002],
  ['a continuation of nothing', frame(0x0, 'ping'), 1002],
  ['a ping in pieces', frame(0x9, '', { fin: false }), 1002],
  ['a close without a whole code', frame(0x8, [0x03]), 1002],
  ['a close with a code that must not be sent', frame(0x8, [0x03, 0xee]), 1002],
  ['a close whose reason is no UTF-8', frame(0x8, [0x03, 0xe8, 0xff]), 1007],
  ['text that is no UTF-8', frame(0x1, [0xc3, 0x28]), 1007],
  ['a length beyond all measure', Buffer.from([0x81, 0xff, ...Array(8).fill(0x7f)]), 1009],
])('%s', async (_, bytes, code) => {
  const raw = here.raw()
  await raw.until(received => received.includes('connection_established'))
  raw.socket.write(bytes)
  await raw.until(received => closeCode(received) !== null)
  expect(closeCode(raw.received())).toBe(code)
  raw.socket.end()
  await raw.closed
  await bobIsServed()
})

const bytes = fc.uint8Array({ maxLength: 300 })
const wellFormed = fc
  .record({
    opcode: fc.nat({ max: 15 }),
    payload: fc.oneof(fc.uint8Array({ maxLength: 125 }), fc.constantFrom('ping', 'sync:0', 'mark_all_read')),
    fin: fc.boolean(),
    masked: fc.oneof(
      { weight: 5, arbitrary: fc.constant(true) },
      { arbitrary: fc.constant(false), weight: 1 },
    ),
  })
  .map(({ opcode, payload, ...how }) => frame(opcode, payload, how))
const handshake = fc.constantFrom(
  [],
  ['Sec-WebSocket-Protocol: bearer, token-amy'],
  ['Sec-WebSocket-Protocol: ,,'],
  ['Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=banana'],
  ['Origin: http://desk.test'],
  ['Origin: \u00ff'],
  ['Expect: 100-continue'],
  ['Content-Length: 5'],
)
const query = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('?token=token-amy', '?token=token-amy&since=0') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '?token=%', '?token=%00', '?since=%ff&token=token-amy', '?&&==', '#'),
  },
)

it('any bytes, also cut off in the middle, also with the connection torn', async () => {
  await fc.assert(
    fc.asyncProperty(
      query,
      handshake,
      fc.array(fc.oneof({ weight: 3, arbitrary: wellFormed }, { weight: 1, arbitrary: bytes }), {
        maxLength: 6,
      }),
      fc.nat({ max: 20 }),
      fc.constantFrom('at once', 'when greeted', 'torn'),
      async (path, headers, pieces, cut, how) => {
        const stream = Buffer.concat(pieces)
        const raw = here.raw(`/socket${path}`, headers)
        if (how === 'when greeted')
          await Promise.race([raw.closed, raw.until(received => received.includes('\r\n\r\n'))])
        raw.socket.write(stream.subarray(0, Math.max(stream.length - cut, 0)))
        if (how === 'torn') raw.socket.resetAndDestroy()
        else raw.socket.end()
        await raw.closed
        await bobIsServed()
      },
    ),
    { numRuns: 400, seed: 20_270_104 },
  )
  // Whoever was torn off is noticed when the network says so, which may be a moment later.
  await expect.poll(() => here.desk.hub.stats()).toEqual({ activeUsers: 1, totalConnections: 1 })
  expect(here.desk.errors).toEqual([])
}, 60_000)

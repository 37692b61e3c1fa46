/** WebSocket frames as bytes: those of a client, right or wrong in every way, and those that a server sent. */

export const OPCODES = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const

export interface FrameOptions {
  fin?: boolean
  masked?: boolean
  /** The three bits that no extension of ours uses. */
  reserved?: number
  /** What the frame says that it holds, where that is not so. */
  length?: number
}

export function encodeFrame(opcode: number, payload: Uint8Array, options: FrameOptions = {}): Buffer {
  const { fin = true, masked = true, reserved = 0, length = payload.length } = options
  const head = [(fin ? 0x80 : 0) | (reserved << 4) | opcode]
  const mask = masked ? 0x80 : 0
  if (length < 126) head.push(mask | length)
  else if (length < 2 ** 16) head.push(mask | 126, length >> 8, length & 0xff)
  else head.push(mask | 127, ...bytesOf(length))
  if (!masked) return Buffer.concat([Buffer.from(head), payload])
  const key = [0x37, 0xfa, 0x21, 0x3d]
  const hidden = payload.map((byte, n) => byte ^ (key[n % 4] ?? 0))
  return Buffer.concat([Buffer.from(head), Buffer.from(key), hidden])
}

const bytesOf = (length: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(length))
  return bytes
}

export const textFrame = (text: string): Buffer => encodeFrame(OPCODES.text, Buffer.from(text))

export interface ServerFrame {
  opcode: number
  payload: Buffer
}

/** Takes the whole frames from the beginning of what a server sent; answers them and what is left. */
export function decodeFrames(received: Buffer): { frames: ServerFrame[]; rest: Buffer } {
  const frames: ServerFrame[] = []
  let at = 0
  for (;;) {
    if (received.length < at + 2) break
    const short = (received[at + 1] ?? 0) & 0x7f
    const head = short === 127 ? 10 : short === 126 ? 4 : 2
    if (received.length < at + head) break
    const length =
      short === 127
        ? Number(received.readBigUInt64BE(at + 2))
        : short === 126
          ? received.readUInt16BE(at + 2)
          : short
    if (received.length < at + head + length) break
    const payload = received.subarray(at + head, at + head + length)
    frames.push({ opcode: (received[at] ?? 0) & 0x0f, payload })
    at += head + length
  }
  return { frames, rest: received.subarray(at) }
}

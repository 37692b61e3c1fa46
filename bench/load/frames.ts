/** Frames of a WebSocket as a client reads and writes them: no copies where none are needed, and nothing else. */

export const TEXT = 1
export const CLOSE = 8
export const PING = 9
export const PONG = 10

const FINAL = 0x80
const MASKED = 0x80
const LONGEST_SHORT = 125

/** @param take gets every frame whose bytes have come; servers send no masks, and ours and others send no fragments */
export function frameReader(take: (opcode: number, payload: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer | null = null
  return chunk => {
    const bytes = rest ? Buffer.concat([rest, chunk]) : chunk
    let at = 0
    for (;;) {
      const frame = frameAt(bytes, at)
      if (!frame) break
      take((bytes[at] ?? 0) & 15, bytes.subarray(frame.from, frame.to))
      at = frame.to
    }
    // A copy: the rest must not keep all that came with it.
    rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : null
  }
}

function frameAt(bytes: Buffer, at: number): { from: number; to: number } | null {
  if (bytes.length < at + 2) return null
  const said = bytes[at + 1] ?? 0
  if (said <= LONGEST_SHORT) return whole(bytes, at + 2, said)
  if (said === 126) return bytes.length < at + 4 ? null : whole(bytes, at + 4, bytes.readUInt16BE(at + 2))
  return bytes.length < at + 10 ? null : whole(bytes, at + 10, Number(bytes.readBigUInt64BE(at + 2)))
}

function whole(bytes: Buffer, from: number, size: number): { from: number; to: number } | null {
  return bytes.length < from + size ? null : { from, to: from + size }
}

/** A short frame as clients send them; a mask of zeros changes nothing. */
export function frame(opcode: number, payload: Buffer | string): Buffer {
  const bytes = Buffer.from(payload)
  if (bytes.length > LONGEST_SHORT) throw new Error('Tabs say nothing that long')
  return Buffer.concat([Buffer.from([FINAL | opcode, MASKED | bytes.length, 0, 0, 0, 0]), bytes])
}

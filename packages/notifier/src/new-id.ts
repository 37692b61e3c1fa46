/** Ids of rows: UUIDs of version 7, so that rows made one after another lie side by side in every index. */
import { randomUUID } from 'node:crypto'

/** What counts ids of the same millisecond has 12 bits. */
const MOST_IN_ONE = 0xfff

let at = 0
let start = ''
let count = 0

/** Greater than every id that this process made before. Node draws its random bits in bulk, once for many ids. */
export function newId(): string {
  const now = Date.now()
  if (now > at) begin(now)
  else if (count === MOST_IN_ONE) begin(at + 1)
  else count += 1
  return `${start}${count.toString(16).padStart(3, '0')}${randomUUID().slice(18)}`
}

function begin(ms: number): void {
  at = ms
  count = 0
  const hex = ms.toString(16).padStart(12, '0')
  start = `${hex.slice(0, 8)}-${hex.slice(8)}-7`
}

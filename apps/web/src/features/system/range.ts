/** How far back the lines go, as kept in the address of the page. */
import type { SystemRange } from '@pms/contract'

export interface SystemSearch {
  range?: 'day'
}

/** Reads it from an address that anybody may have typed. An hour needs no word. */
export const parseRange = (raw: Record<string, unknown>): SystemSearch =>
  raw.range === 'day' ? { range: 'day' } : {}

export const rangeOf = ({ range }: SystemSearch): SystemRange => range ?? 'hour'

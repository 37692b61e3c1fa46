/** Many notifications that are there before anything is measured: how they are spread over inboxes. */

export interface Plan {
  /** People by number: whose inboxes will be asked. */
  asked: readonly number[]
  /** How many rows each of these has. */
  inbox: number
  /** How many rows there are in all. Those of the inboxes that are asked lie between the others, evenly. */
  rows: number
  /** Every how-manieth of an inbox that is asked is unread. All others are read. */
  unreadEvery: number
}

/** Whose the other rows are. */
export const OTHERS = 5_000

/** So many rows are written at a time. */
const PART = 250_000

/** Ids in one length, of people and of rows that nobody asks for by id. As SQL, from a number. */
export const otherId = (number: string) => `'00000000-0000-4000-b000-' || (100000000000 + ${number})`
export const rowId = (number: string) => `'00000000-0000-4000-a000-' || (100000000000 + ${number})`

/** First and last number of each part. */
export function* parts(rows: number): Generator<[number, number]> {
  for (let from = 0; from < rows; from += PART) yield [from, Math.min(rows, from + PART) - 1]
}

/** As SQL, from the number `i` of a row: whose it is and which of theirs. */
export function placeOf({ asked, inbox, rows }: Plan, idOf: (person: number) => string) {
  const every = Math.max(1, Math.floor(rows / (inbox * asked.length)))
  const isAsked = `i % ${every} = 0`
  const nth = `i / ${every}`
  const whose = asked.map((person, at) => `when ${at} then '${idOf(person)}'`).join(' ')
  return {
    isAsked,
    userId: `case when ${isAsked} then case (${nth}) % ${asked.length} ${whose} end else ${otherId(`i % ${OTHERS}`)} end`,
    seq: `case when ${isAsked} then (${nth}) / ${asked.length} + 1 else i / ${OTHERS} + 1 end`,
  }
}

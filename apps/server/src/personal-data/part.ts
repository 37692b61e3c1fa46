/** A part of what is held of a person: where it is found, a page at a time, so that nobody holds all of it at once. */
import type { Kysely } from 'kysely'
import type { Tables } from '../database.ts'

export interface PersonalPart {
  /** Under which it stands in the document. */
  readonly name: string
  /**
   * For the person alone: it tells what was said to them, or what they said in confidence, perhaps about whoever would
   * read it in their place.
   */
  readonly isPrivate: boolean
  pages(db: Kysely<Tables>, userId: string): AsyncIterable<readonly object[]>
}

/** Rows of one page. */
export const ROWS_AT_ONCE = 200

/**
 * @param select the next page after this place, in the order of places; '' for the first
 * @param placeOf the place of a row
 */
export function part<Row extends object>(
  name: string,
  select: (db: Kysely<Tables>, userId: string, after: string) => Promise<Row[]>,
  placeOf: (row: Row) => string,
): PersonalPart {
  return {
    name,
    isPrivate: false,
    async *pages(db, userId) {
      let after = ''
      for (;;) {
        const rows = await select(db, userId, after)
        yield rows
        const last = rows.at(-1)
        if (!last || rows.length < ROWS_AT_ONCE) return
        after = placeOf(last)
      }
    },
  }
}

export const confidential = (part: PersonalPart): PersonalPart => ({ ...part, isPrivate: true })

/** A part of what is held of a person: where it is found, a page at a time, so that nobody holds all of it at once. */
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
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

interface PartOptions<Row> {
  /** Stands in for the place of a row: they are read in its order. `id` if not given. */
  by?: keyof Row & string
  /** What is told of the rows of a page, where it is not the rows themselves. */
  tell?(rows: Row[], db: Kysely<Tables>, userId: string): readonly object[] | Promise<readonly object[]>
}

const ROWS_AT_ONCE = 200

/** @param all all rows of a person, in whatever order */
export function part<From extends keyof Tables, Row extends object>(
  name: string,
  all: (db: Kysely<Tables>, userId: string) => SelectQueryBuilder<Tables, From, Row>,
  { by = 'id' as keyof Row & string, tell = rows => rows }: PartOptions<Row> = {},
): PersonalPart {
  const place = sql.ref<unknown>(by)
  return {
    name,
    isPrivate: false,
    async *pages(db, userId) {
      let last: Row | undefined
      do {
        const next = all(db, userId).orderBy(place).limit(ROWS_AT_ONCE)
        const rows: Row[] = await (last ? next.where(place, '>', last[by]) : next).execute()
        yield tell(rows, db, userId)
        last = rows.length < ROWS_AT_ONCE ? undefined : rows.at(-1)
      } while (last)
    },
  }
}

export const confidential = (part: PersonalPart): PersonalPart => ({ ...part, isPrivate: true })

/** What is held of a person, as one JSON document that is written while it is read. */
import type { AppDatabase } from '../database.ts'
import type { PersonalPart } from './part.ts'

/**
 * @param profile who it is
 * @returns the text, piece by piece; nothing of the next piece is read before this one was taken
 */
export async function* personalDocument(
  { db }: Pick<AppDatabase, 'db'>,
  profile: { id: string },
  parts: readonly PersonalPart[],
  now: Date,
): AsyncGenerator<string> {
  yield `{"exported_at":${JSON.stringify(now.toISOString())},"profile":${JSON.stringify(profile)}`
  for (const { name, pages } of parts) {
    yield `,${JSON.stringify(name)}:[`
    let isFirst = true
    for await (const rows of pages(db, profile.id)) {
      if (rows.length === 0) continue
      yield `${isFirst ? '' : ','}${rows.map(row => JSON.stringify(row)).join(',')}`
      isFirst = false
    }
    yield ']'
  }
  yield '}\n'
}

/** `/api/users/{id}/data`: all that is held of a person, to take away. */
import { Readable } from 'node:stream'
import { Id } from '@pms/contract'
import Type from 'typebox'
import { callerOf } from '../../auth/caller.ts'
import type { AppDatabase } from '../../database.ts'
import type { Http } from '../../http/server.ts'
import { personalDocument } from '../../personal-data/document.ts'
import type { PersonalPart } from '../../personal-data/part.ts'
import { openForExport } from './actions/exporting.ts'

/** Written bit by bit: what is in it each feature knows. */
const File = Type.Unsafe<Readable>(Type.Object({}, { additionalProperties: true }))

export interface PersonalDataRoutesOptions {
  database: AppDatabase
  clock: () => Date
  /** What there may be of a person. */
  parts: readonly PersonalPart[]
}

export function personalDataRoutes(api: Http, { database, clock, parts }: PersonalDataRoutesOptions): void {
  api.get(
    '/api/users/:id/data',
    {
      schema: {
        tags: ['people'],
        summary: 'All that is held of a person, as a file: for themselves, and for who keeps their account',
        params: Type.Object({ id: Id }),
        response: { 200: { description: 'The file', content: { 'application/json': { schema: File } } } },
      },
    },
    async (request, reply) => {
      const profile = await openForExport(database, callerOf(request), request.params.id)
      const now = clock()
      return reply
        .headers({
          'content-type': 'application/json; charset=utf-8',
          'content-disposition': `attachment; filename="pms-data-${now.toISOString().slice(0, 10)}.json"`,
          'cache-control': 'no-store',
        })
        .send(Readable.from(personalDocument(database, profile, parts, now), { objectMode: false }))
    },
  )
}

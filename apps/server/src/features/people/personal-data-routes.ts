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

/** Sent as it is read. */
const Document = Type.Unsafe<Readable>(
  Type.Object({}, { additionalProperties: true, description: 'Each part of it under a name of its own' }),
)

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
      config: { refuses: ['forbidden', 'wrong_state'] },
      schema: {
        tags: ['people'],
        summary:
          'All that is held of a person, as a file: for themselves, and less for who keeps their account',
        description:
          'What others told the person, and what they wrote in confidence, is for themselves alone.',
        params: Type.Object({ id: Id }),
        response: { 200: Document },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const profile = await openForExport(database, caller, request.params.id)
      const readable = parts.filter(({ isPrivate }) => !isPrivate || profile.id === caller.id)
      const now = clock()
      return reply
        .headers({
          'content-type': 'application/json; charset=utf-8',
          'content-disposition': `attachment; filename="pms-data-${now.toISOString().slice(0, 10)}.json"`,
          'cache-control': 'no-store',
        })
        .send(Readable.from(personalDocument(database, profile, readable, now), { objectMode: false }))
    },
  )
}

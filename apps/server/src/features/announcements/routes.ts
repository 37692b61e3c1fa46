/** `/api/announcements` */
import {
  AcknowledgementPage,
  AcknowledgementQuery,
  Announcement,
  AnnouncementPage,
  AnnouncementQuery,
  CreateAnnouncementBody,
  EditAnnouncementBody,
  Id,
} from '@pms/contract'
import { Message } from '@pms/protocol'
import Type from 'typebox'
import { assertMay, type Caller, callerOf } from '../../auth/caller.ts'
import type { AppDatabase } from '../../database.ts'
import { notFound } from '../../http/errors.ts'
import type { Http } from '../../http/server.ts'
import type { AcknowledgeAnnouncement } from './actions/acknowledging.ts'
import type { PublishingActions } from './actions/publishing.ts'
import { findAnnouncement, listAcknowledgements, listAnnouncements } from './queries.ts'

const Params = Type.Object({ id: Id })
const tags = ['announcements']
const shown = { tags, response: { 200: Announcement } }

export interface AnnouncementRoutesOptions {
  database: AppDatabase
  publishing: PublishingActions
  acknowledge: AcknowledgeAnnouncement
}

export function announcementRoutes(
  http: Http,
  { database, publishing, acknowledge }: AnnouncementRoutesOptions,
): void {
  /** What a verb answers: the announcement as it is after it. */
  async function show(caller: Caller, id: string): Promise<Announcement> {
    const announcement = await database.snapshot(db => findAnnouncement(db, caller, id))
    if (!announcement) throw notFound('announcement')
    return announcement
  }

  http.get(
    '/api/announcements',
    {
      schema: {
        tags,
        summary: 'Announcements that are for the caller, newest first; who publishes sees all of them',
        querystring: AnnouncementQuery,
        response: { 200: AnnouncementPage },
      },
    },
    request => database.snapshot(db => listAnnouncements(db, callerOf(request), request.query)),
  )

  http.get(
    '/api/announcements/:id',
    { schema: { summary: 'One announcement', params: Params, ...shown } },
    request => show(callerOf(request), request.params.id),
  )

  http.post(
    '/api/announcements',
    {
      config: { idempotent: true, refuses: ['forbidden', 'nobody_in_audience'] },
      schema: {
        tags,
        summary: 'Write an announcement, to be published later or at once',
        body: CreateAnnouncementBody,
        response: { 201: Announcement },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const id = await publishing.createAnnouncement(caller, request.body)
      reply.code(201)
      return show(caller, id)
    },
  )

  http.patch(
    '/api/announcements/:id',
    {
      config: { refuses: ['forbidden', 'wrong_state'] },
      schema: { summary: 'Edit a draft', params: Params, body: EditAnnouncementBody, ...shown },
    },
    async request => {
      const caller = callerOf(request)
      return show(caller, await publishing.editAnnouncement(caller, request.params.id, request.body))
    },
  )

  http.delete(
    '/api/announcements/:id',
    {
      config: { refuses: ['forbidden', 'wrong_state'] },
      schema: { tags, summary: 'Delete a draft', params: Params, response: { 200: Message } },
    },
    async request => {
      await publishing.deleteAnnouncement(callerOf(request), request.params.id)
      return { message: 'Announcement deleted successfully' }
    },
  )

  http.put(
    '/api/announcements/:id/publish',
    {
      config: { refuses: ['forbidden', 'wrong_state', 'nobody_in_audience'] },
      schema: {
        summary: 'Publish a draft: it is brought to inboxes from now on, see `progress`',
        params: Params,
        ...shown,
      },
    },
    async request => {
      const caller = callerOf(request)
      return show(caller, await publishing.publishAnnouncement(caller, request.params.id))
    },
  )

  http.put(
    '/api/announcements/:id/acknowledge',
    {
      config: { refuses: ['forbidden', 'wrong_state'] },
      schema: { summary: 'Say that one has read it', params: Params, ...shown },
    },
    async request => {
      const caller = callerOf(request)
      return show(caller, await acknowledge(caller, request.params.id))
    },
  )

  http.get(
    '/api/announcements/:id/acknowledgements',
    {
      config: { refuses: ['forbidden'] },
      schema: {
        tags,
        summary: 'Who was asked to acknowledge it, and who has',
        params: Params,
        querystring: AcknowledgementQuery,
        response: { 200: AcknowledgementPage },
      },
    },
    async request => {
      const caller = callerOf(request)
      return database.snapshot(async db => {
        const announcement = await findAnnouncement(db, caller, request.params.id)
        if (!announcement) throw notFound('announcement')
        assertMay(caller, 'announcements.publish')
        return listAcknowledgements(db, announcement, request.query)
      })
    },
  )
}

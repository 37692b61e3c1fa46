/** `/api/users`: the people of the organisation, and their accounts. */
import {
  ArchiveUserBody,
  AuditPage,
  CreateUserBody,
  EditOwnBody,
  EditUserBody,
  EraseUserBody,
  HistoryQuery,
  Id,
  NewUser,
  OnboardingLink,
  OpenWork,
  SetRoleBody,
  SetStatusBody,
  UserPage,
  UserProfile,
  UserQuery,
} from '@pms/contract'
import Type, { type Static, type TSchema } from 'typebox'
import { historyOf } from '../../audit/queries.ts'
import { assertMay, type Caller, callerOf } from '../../auth/caller.ts'
import type { Day } from '../../calendar.ts'
import type { AppDatabase } from '../../database.ts'
import { forbidden, notFound } from '../../http/errors.ts'
import type { ProblemCode } from '../../http/problem-codes.ts'
import type { Http } from '../../http/server.ts'
import type { PeopleActions } from './actions.ts'
import { listUsers, userProfile } from './queries.ts'

const tags = ['people']
const Params = Type.Object({ id: Id })

export interface PeopleRoutesOptions {
  database: AppDatabase
  today: () => Day
  actions: PeopleActions
}

export function peopleRoutes(api: Http, { database, today, actions }: PeopleRoutesOptions): void {
  async function show(caller: Caller, id: string): Promise<UserProfile> {
    const profile = await database.snapshot(db => userProfile(db, today(), caller, id))
    if (!profile) throw notFound('user')
    return profile
  }

  api.get(
    '/api/users',
    { schema: { tags, summary: 'People, by name', querystring: UserQuery, response: { 200: UserPage } } },
    request => database.snapshot(db => listUsers(db, today(), callerOf(request), request.query)),
  )

  api.get(
    '/api/users/:id',
    { schema: { tags, summary: 'One person', params: Params, response: { 200: UserProfile } } },
    request => show(callerOf(request), request.params.id),
  )

  api.post(
    '/api/users',
    {
      config: { idempotent: { secrets: ['onboarding'] }, refuses: ['forbidden', 'email_taken'] },
      schema: {
        tags,
        summary: 'Add a person, who sets a password by the link in the answer',
        body: CreateUserBody,
        response: { 201: NewUser },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { id, onboarding } = await actions.hire(caller, request.body)
      reply.code(201)
      return { ...(await show(caller, id)), onboarding }
    },
  )

  api.post(
    '/api/users/:id/onboarding-link',
    {
      config: {
        idempotent: { secrets: ['path'] },
        refuses: ['forbidden', 'wrong_state'],
      },
      schema: {
        tags,
        summary: 'Another link to set a password; the one before is good no more',
        params: Params,
        response: { 201: OnboardingLink },
      },
    },
    async (request, reply) => {
      reply.code(201)
      return actions.renewOnboarding(callerOf(request), request.params.id)
    },
  )

  api.patch(
    '/api/users/me',
    {
      config: { refuses: ['forbidden', 'wrong_state'] },
      schema: {
        tags,
        summary: 'Change one’s own name',
        body: EditOwnBody,
        response: { 200: UserProfile },
      },
    },
    async request => {
      const caller = callerOf(request)
      await actions.editOwn(caller, request.body)
      return show(caller, caller.id)
    },
  )

  api.patch(
    '/api/users/:id',
    {
      config: { refuses: ['forbidden', 'wrong_state', 'email_taken', 'supervisor_loop'] },
      schema: {
        tags,
        summary: 'Change name, email, job title, unit or supervisor',
        params: Params,
        body: EditUserBody,
        response: { 200: UserProfile },
      },
    },
    async request => {
      const caller = callerOf(request)
      await actions.edit(caller, request.params.id, request.body)
      return show(caller, request.params.id)
    },
  )

  const verb = <Body extends TSchema>(
    name: string,
    summary: string,
    body: Body,
    act: (caller: Caller, id: string, body: Static<Body>) => Promise<void>,
    refuses: readonly ProblemCode[] = [],
  ) =>
    api.put(
      `/api/users/:id/${name}`,
      {
        config: { refuses: ['forbidden', 'wrong_state', 'last_super_admin', ...refuses] },
        schema: { tags, summary, params: Params, body, response: { 200: UserProfile } },
      },
      async request => {
        const caller = callerOf(request)
        await act(caller, request.params.id, request.body as Static<Body>)
        return show(caller, request.params.id)
      },
    )

  verb('status', 'Let somebody work, go on leave, or keep them out', SetStatusBody, actions.setStatus)
  verb('role', 'Give somebody another role', SetRoleBody, actions.setRole)
  verb('archive', 'Let somebody go, and hand over their open work', ArchiveUserBody, actions.archive, [
    'open_work',
    'no_approver',
  ])
  verb(
    'erase',
    'Make somebody who left a former colleague without a name, for good',
    EraseUserBody,
    actions.erase,
  )

  api.get(
    '/api/users/:id/open-work',
    {
      config: { refuses: ['forbidden'] },
      schema: {
        tags,
        summary: 'What would go to somebody else if this person left',
        params: Params,
        response: { 200: OpenWork },
      },
    },
    async request => {
      const caller = callerOf(request)
      assertMay(caller, 'users.manage')
      const { id } = await show(caller, request.params.id)
      return database.snapshot(db => actions.openWork(db, id))
    },
  )

  api.get(
    '/api/users/:id/history',
    {
      config: { refuses: ['forbidden'] },
      schema: {
        tags,
        summary: 'What was done to this account, newest first',
        params: Params,
        querystring: HistoryQuery,
        response: { 200: AuditPage },
      },
    },
    async request => {
      const { id, allowed_actions } = await show(callerOf(request), request.params.id)
      if (!allowed_actions.includes('read_history')) throw forbidden()
      return database.snapshot(db => historyOf(db, { type: 'user', id }, request.query))
    },
  )
}

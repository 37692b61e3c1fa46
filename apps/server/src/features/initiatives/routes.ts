/** `/api/initiatives` */
import {
  ApproveExtensionBody,
  ApproveInitiativeBody,
  AssignInitiativeBody,
  DenyExtensionBody,
  EditInitiativeBody,
  Id,
  InitiativeDetail,
  InitiativePage,
  InitiativeQuery,
  ProposeInitiativeBody,
  ReassignInitiativeBody,
  RejectInitiativeBody,
  RequestExtensionBody,
  ResubmitInitiativeBody,
  ReturnInitiativeBody,
  ReviewInitiativeBody,
  SubmitInitiativeBody,
} from '@pms/contract'
import Type, { type Static, type TSchema } from 'typebox'
import { type Caller, callerOf } from '../../auth/caller.ts'
import { notFound } from '../../http/errors.ts'
import type { ProblemCode } from '../../http/problem-codes.ts'
import type { Http } from '../../http/server.ts'
import type { InitiativeActions } from './actions/initiative-actions.ts'
import type { InitiativeParts } from './ports.ts'
import { initiativeDetail, listInitiatives } from './queries.ts'

const Params = Type.Object({ id: Id })
const ExtensionParams = Type.Object({ id: Id, extension_id: Id })
const NoBody = Type.Object({})
const tags = ['initiatives']
const shown = { tags, response: { 200: InitiativeDetail } }
const made = { tags, response: { 201: InitiativeDetail } }

export interface InitiativeRoutesOptions extends InitiativeParts {
  actions: InitiativeActions
}

export function initiativeRoutes(http: Http, { actions, ...parts }: InitiativeRoutesOptions): void {
  const { database, people } = parts

  /** What a verb answers: the initiative as it is after it. */
  async function show(caller: Caller, id: string): Promise<InitiativeDetail> {
    const initiative = await database.snapshot(db => initiativeDetail(db, parts, caller, id))
    if (!initiative) throw notFound('initiative')
    return initiative
  }

  http.get(
    '/api/initiatives',
    {
      schema: {
        tags,
        summary: 'Initiatives that the caller may see, newest first',
        querystring: InitiativeQuery,
        response: { 200: InitiativePage },
      },
    },
    request => database.snapshot(db => listInitiatives(db, people, callerOf(request), request.query)),
  )

  http.get(
    '/api/initiatives/:id',
    {
      schema: {
        summary: 'One initiative with its files, its history, and the extensions asked for',
        params: Params,
        ...shown,
      },
    },
    request => show(callerOf(request), request.params.id),
  )

  http.post(
    '/api/initiatives',
    {
      config: { idempotent: true, refuses: ['assignee_not_active', 'no_approver'] },
      schema: { summary: 'Propose an initiative', body: ProposeInitiativeBody, ...made },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      reply.code(201)
      return show(caller, await actions.proposeInitiative(caller, request.body))
    },
  )

  http.post(
    '/api/initiatives/assign',
    {
      config: { idempotent: true, refuses: ['forbidden', 'assignee_not_active'] },
      schema: { summary: 'Assign an initiative to people below', body: AssignInitiativeBody, ...made },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      reply.code(201)
      return show(caller, await actions.assignInitiative(caller, request.body))
    },
  )

  http.patch(
    '/api/initiatives/:id',
    {
      config: { refuses: ['forbidden', 'wrong_state', 'assignee_not_active'] },
      schema: {
        summary: 'Edit a rejected proposal; what is left out stays as it is',
        params: Params,
        body: EditInitiativeBody,
        ...shown,
      },
    },
    async request => {
      const caller = callerOf(request)
      return show(caller, await actions.editInitiative(caller, request.params.id, request.body))
    },
  )

  http.post(
    '/api/initiatives/:id/extensions',
    {
      config: { idempotent: true, refuses: ['forbidden', 'wrong_state', 'no_approver'] },
      schema: { summary: 'Ask for more time', params: Params, body: RequestExtensionBody, ...made },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      reply.code(201)
      return show(caller, await actions.requestExtension(caller, request.params.id, request.body))
    },
  )

  const verb = <Body extends TSchema>(
    name: string,
    summary: string,
    body: Body,
    act: (caller: Caller, id: string, body: Static<Body>) => Promise<string>,
    refuses: readonly ProblemCode[] = [],
  ) =>
    http.put(
      `/api/initiatives/:id/${name}`,
      {
        config: { refuses: ['forbidden', 'wrong_state', ...refuses] },
        schema: { summary, params: Params, body, ...shown },
      },
      async request => {
        const caller = callerOf(request)
        return show(caller, await act(caller, request.params.id, request.body as Static<Body>))
      },
    )

  verb('approve', 'Approve a proposal', ApproveInitiativeBody, actions.approveInitiative)
  verb('reject', 'Reject a proposal, with a reason', RejectInitiativeBody, actions.rejectInitiative)
  verb(
    'resubmit',
    'Propose it again, with the last edits',
    ResubmitInitiativeBody,
    actions.resubmitInitiative,
    ['assignee_not_active', 'no_approver'],
  )
  verb('start', 'Start it', NoBody, actions.startInitiative)
  verb('submit', 'Submit it with its report', SubmitInitiativeBody, actions.submitInitiative, ['no_approver'])
  verb('review', 'Review it, with a score', ReviewInitiativeBody, actions.reviewInitiative)
  verb('return', 'Return it for more work', ReturnInitiativeBody, actions.returnInitiative)
  verb('reassign', 'Give it to others', ReassignInitiativeBody, actions.reassignInitiative, [
    'assignee_not_active',
  ])

  const extensionVerb = <Body extends TSchema>(
    name: string,
    summary: string,
    body: Body,
    act: (caller: Caller, key: { id: string; extension_id: string }, body: Static<Body>) => Promise<string>,
  ) =>
    http.put(
      `/api/initiatives/:id/extensions/:extension_id/${name}`,
      {
        config: { refuses: ['forbidden', 'wrong_state'] },
        schema: { summary, params: ExtensionParams, body, ...shown },
      },
      async request => {
        const caller = callerOf(request)
        return show(caller, await act(caller, request.params, request.body as Static<Body>))
      },
    )

  extensionVerb(
    'approve',
    'Grant more time, as asked for or until another day',
    ApproveExtensionBody,
    actions.approveExtension,
  )
  extensionVerb('deny', 'Deny more time, with a reason', DenyExtensionBody, actions.denyExtension)
}

/** Doing things to initiatives. */
import type {
  ApproveExtensionBody,
  AssignInitiativeBody,
  EditInitiativeBody,
  Initiative,
  InitiativeDetail,
  ProposeInitiativeBody,
  ReassignInitiativeBody,
  RequestExtensionBody,
  ReviewInitiativeBody,
  SubmitInitiativeBody,
} from '@pms/contract'
import { patch, post, put } from '../../api/client.ts'
import { useDeeds, useMake } from '../../api/deed.ts'

export type InitiativeDeed =
  | { action: 'approve'; revision: number }
  | { action: 'reject'; reason: string }
  | { action: 'start' }
  | { action: 'edit'; changes: EditInitiativeBody }
  | { action: 'resubmit'; changes: EditInitiativeBody | null }
  | ({ action: 'submit' } & SubmitInitiativeBody)
  | ({ action: 'review' } & ReviewInitiativeBody)
  | { action: 'return'; feedback: string }
  | ({ action: 'reassign' } & ReassignInitiativeBody)
  | ({ action: 'request_extension' } & RequestExtensionBody)
  | ({ action: 'approve_extension'; extension: string } & ApproveExtensionBody)
  | { action: 'deny_extension'; extension: string; reason: string }

function send(id: string, deed: InitiativeDeed): Promise<InitiativeDetail> {
  const path = `/api/initiatives/${encodeURIComponent(id)}`
  switch (deed.action) {
    case 'edit':
      return patch(path, deed.changes)
    case 'resubmit':
      return put(`${path}/resubmit`, deed.changes ?? {})
    case 'request_extension': {
      const { action, ...body } = deed
      return post(`${path}/extensions`, body)
    }
    case 'approve_extension': {
      const { action, extension, ...body } = deed
      return put(`${path}/extensions/${extension}/approve`, body)
    }
    case 'deny_extension':
      return put(`${path}/extensions/${deed.extension}/deny`, { reason: deed.reason })
    default: {
      const { action, ...body } = deed
      return put(`${path}/${action}`, body)
    }
  }
}

/** How it will look if the server agrees; undefined where that is better awaited. */
function foreseen(initiative: InitiativeDetail, deed: InitiativeDeed): InitiativeDetail | undefined {
  const decided = { waiting_on: [], waiting_since: null, allowed_actions: [] }
  switch (deed.action) {
    case 'approve':
      return { ...initiative, ...decided, status: 'ASSIGNED' }
    case 'start':
      return { ...initiative, ...decided, status: 'STARTED' }
    default:
      return undefined
  }
}

export const useInitiativeDeed = (id: string) =>
  useDeeds({ resource: 'initiative', id, send: (deed: InitiativeDeed) => send(id, deed), foreseen })

export type NewInitiative =
  | ({ assign: true } & AssignInitiativeBody)
  | ({ assign: false } & ProposeInitiativeBody)

export const useCreateInitiative = () =>
  useMake('initiative', ({ assign, ...body }: NewInitiative) =>
    post<InitiativeDetail>(assign ? '/api/initiatives/assign' : '/api/initiatives', body),
  )

export const can = (
  initiative: Pick<Initiative, 'allowed_actions'>,
  action: Initiative['allowed_actions'][number],
) => initiative.allowed_actions.includes(action)

/** Those whose buttons say already on whom it waits. */
const ASKING: readonly Initiative['allowed_actions'][number][] = ['approve', 'reject', 'start', 'review']

/** Whether it waits for something that whoever looks at it can do. */
export const isAsked = ({ allowed_actions }: Pick<Initiative, 'allowed_actions'>) =>
  allowed_actions.some(action => ASKING.includes(action))

/** The same of more time that is asked for. */
export const isAskedForTime = ({ open_extension }: Pick<Initiative, 'open_extension'>) =>
  (open_extension?.allowed_actions.length ?? 0) > 0

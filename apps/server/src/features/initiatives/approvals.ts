/** What about initiatives awaits a decision, for the list of all that awaits somebody. */
import type { ApprovalItem, Initiative, InitiativeExtension } from '@pms/contract'
import type { ApprovalSource } from '../../approval-source.ts'
import type { Caller } from '../../auth/caller.ts'
import { dayInWords } from '../../calendar.ts'
import type { Organisation } from '../../organisation.ts'
import type { InitiativeActions } from './actions/initiative-actions.ts'
import { openInitiatives } from './queries.ts'

export function initiativeApprovals(people: Organisation, actions: InitiativeActions): ApprovalSource {
  const { approveInitiative, rejectInitiative, approveExtension, denyExtension } = actions
  return {
    async awaiting(db, caller) {
      const asked = await openInitiatives(db, people, caller, 'asked')
      return asked
        .flatMap(itemsOf)
        .filter(open => open.isCallers)
        .map(({ item }) => item)
    },

    async sent(db, caller) {
      const sent = await openInitiatives(db, people, caller, 'sent')
      return sent
        .flatMap(itemsOf)
        .map(({ item }) => item)
        .filter(item => isAskedBy(item, caller))
    },

    decide: {
      async initiative_approval(caller, id, decision, { reason, revision }) {
        if (decision === 'approve') {
          await approveInitiative(caller, id, { revision })
          return 'ASSIGNED'
        }
        await rejectInitiative(caller, id, { reason, revision })
        return 'REJECTED'
      },
      async initiative_extension(caller, extension_id, decision, { reason }) {
        if (decision === 'approve') {
          await approveExtension(caller, { extension_id }, {})
          return 'APPROVED'
        }
        await denyExtension(caller, { extension_id }, { reason })
        return 'DENIED'
      },
    },
  }
}

interface Open {
  item: ApprovalItem
  /** It is the caller who can decide it now. */
  isCallers: boolean
}

/** Each thing about an initiative that is to be decided. */
function itemsOf(initiative: Initiative): Open[] {
  const { status, open_extension } = initiative
  return [
    ...(status === 'PENDING_APPROVAL' ? [proposal(initiative)] : []),
    ...(status === 'COMPLETED' ? [report(initiative)] : []),
    ...(open_extension ? [moreTime(initiative, open_extension)] : []),
  ]
}

function proposal(initiative: Initiative): Open {
  const isCallers = initiative.allowed_actions.includes('approve')
  return {
    isCallers,
    item: {
      ...common(initiative),
      kind: 'initiative_approval',
      id: initiative.id,
      requested_by: initiative.created_by,
      subject: initiative.created_by,
      action_url: `/initiatives/${initiative.id}`,
      decisions: isCallers ? ['approve', 'reject'] : [],
      revision: initiative.revision,
    },
  }
}

function report(initiative: Initiative): Open {
  const isCallers = initiative.allowed_actions.includes('review')
  return {
    isCallers,
    item: {
      ...common(initiative),
      kind: 'initiative_review',
      id: initiative.id,
      requested_by: initiative.head,
      subject: initiative.head,
      action_url: isCallers ? `/initiatives/${initiative.id}/review` : `/initiatives/${initiative.id}`,
      decisions: [],
      revision: null,
    },
  }
}

function moreTime(initiative: Initiative, extension: InitiativeExtension): Open {
  const isCallers = extension.allowed_actions.includes('approve')
  return {
    isCallers,
    item: {
      ...common(initiative),
      kind: 'initiative_extension',
      id: extension.id,
      detail: `From ${dayInWords(extension.due_date)} to ${dayInWords(extension.new_due_date)}`,
      requested_by: extension.requested_by,
      subject: initiative.head,
      waiting_since: extension.created_at,
      waiting_on: extension.waiting_on,
      action_url: `/initiatives/${initiative.id}`,
      decisions: [...extension.allowed_actions],
      revision: null,
    },
  }
}

function common(initiative: Initiative) {
  return {
    object_id: initiative.id,
    title: initiative.title,
    detail: `Due ${dayInWords(initiative.due_date)}`,
    waiting_since: initiative.waiting_since ?? initiative.updated_at,
    waiting_on: initiative.waiting_on,
    due_on: initiative.due_date,
  }
}

function isAskedBy({ requested_by }: ApprovalItem, caller: Caller): boolean {
  return requested_by?.id === caller.id
}

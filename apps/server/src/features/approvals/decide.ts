/** Decides about one thing, by the verb of the feature that it is of. */
import {
  DECISIONS_OF,
  DECISIONS_WITH_REASON,
  type DecideBody,
  type Decision,
  ReasonBody,
} from '@pms/contract'
import { Check } from 'typebox/value'
import type { ApprovalSource } from '../../approval-source.ts'
import type { Caller } from '../../auth/caller.ts'
import { unprocessable } from '../../http/errors.ts'

type Row = DecideBody['decisions'][number]

/** @returns what the thing is after it; refusals are thrown as problems */
export function createDecide(sources: readonly ApprovalSource[]) {
  const verbs = Object.assign({}, ...sources.map(source => source.decide)) as ApprovalSource['decide']

  return async (caller: Caller, { kind, id, decision, reason = '', revision }: Row): Promise<string> => {
    const taken: readonly Decision[] = DECISIONS_OF[kind]
    const decide = verbs[kind]
    if (!decide || !taken.includes(decision)) {
      const instead = taken.length > 0 ? `it takes ${taken.join(' or ')}` : 'it is done on its own page'
      throw unprocessable('decision', `decision cannot be ${decision} here: ${instead}`)
    }
    if (DECISIONS_WITH_REASON.includes(decision) && !Check(ReasonBody, { reason })) {
      throw unprocessable('reason', `reason is required to ${decision}`)
    }
    return decide(caller, id, decision, { reason, revision })
  }
}

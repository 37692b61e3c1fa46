/** What an announcement says and to whom, and the rules about it that no schema can tell. */
import type { EditAnnouncementBody } from '@pms/contract'
import type { Tx } from '../../database.ts'
import { unprocessable } from '../../http/errors.ts'
import type { AnnouncementTable } from './tables.ts'

/** The part that is written by people. */
export type AnnouncementDetails = Pick<
  AnnouncementTable,
  'title' | 'body' | 'priority' | 'audience' | 'unit_id' | 'role' | 'requires_acknowledgement'
>

const NOTHING: AnnouncementDetails = {
  title: '',
  body: '',
  priority: 'medium',
  audience: 'everyone',
  unit_id: null,
  role: null,
  requires_acknowledgement: 0,
}

/** What a body says, on top of what was said before. Another audience takes its unit or role with it. */
export function mergeDetails(body: EditAnnouncementBody, before = NOTHING): AnnouncementDetails {
  const { audience = before.audience, requires_acknowledgement: asks } = body
  const kept = audience === before.audience ? before : NOTHING
  return {
    title: (body.title ?? before.title).trim(),
    body: (body.body ?? before.body).trim(),
    priority: body.priority ?? before.priority,
    audience,
    unit_id: body.unit_id === undefined ? kept.unit_id : body.unit_id,
    role: body.role === undefined ? kept.role : body.role,
    requires_acknowledgement: asks === undefined ? before.requires_acknowledgement : Number(asks),
  }
}

export function changedFields(before: AnnouncementDetails, after: AnnouncementDetails): string[] {
  return (Object.keys(after) as (keyof AnnouncementDetails)[]).filter(key => before[key] !== after[key])
}

/** Throws 422 with the field when it is not said whom it is for. */
export async function checkAudience(tx: Tx, { audience, unit_id, role }: AnnouncementDetails): Promise<void> {
  if (audience !== 'unit' && unit_id !== null)
    throw unprocessable('unit_id', 'unit_id must be left out: it is not for a unit')
  if (audience !== 'role' && role !== null)
    throw unprocessable('role', 'role must be left out: it is not for a role')
  if (audience === 'role' && role === null) throw unprocessable('role', 'role is required: whom it is for')
  if (audience !== 'unit') return
  if (unit_id === null) throw unprocessable('unit_id', 'unit_id is required: whom it is for')
  const unit = await tx.db.selectFrom('org_units').select('id').where('id', '=', unit_id).executeTakeFirst()
  if (!unit) throw unprocessable('unit_id', 'unit_id is no unit of this organisation')
}

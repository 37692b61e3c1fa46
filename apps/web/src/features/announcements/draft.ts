/** An announcement while it is being written, and what is sent of it. Pure. */
import type { Announcement, Audience, EditAnnouncementBody, Role } from '@pms/contract'
import type { Priority } from '@pms/protocol'

export interface AnnouncementDraft {
  title: string
  body: string
  priority: Priority
  audience: Audience
  unit_id: string | null
  role: Role | null
  requires_acknowledgement: boolean
}

export const EMPTY: AnnouncementDraft = {
  title: '',
  body: '',
  priority: 'medium',
  audience: 'everyone',
  unit_id: null,
  role: null,
  requires_acknowledgement: false,
}

export const draftOf = (announcement: Announcement): AnnouncementDraft => ({
  title: announcement.title,
  body: announcement.body,
  priority: announcement.priority,
  audience: announcement.audience,
  unit_id: announcement.unit?.id ?? null,
  role: announcement.role,
  requires_acknowledgement: announcement.requires_acknowledgement,
})

/** As the server takes it: a unit or a role only where it is for one. */
export const detailsOf = (draft: AnnouncementDraft) => ({
  ...draft,
  title: draft.title.trim(),
  body: draft.body.trim(),
  unit_id: draft.audience === 'unit' ? draft.unit_id : null,
  role: draft.audience === 'role' ? draft.role : null,
})

/** Only what differs from the announcement as it is; null where nothing does. */
export function changesTo(announcement: Announcement, draft: AnnouncementDraft): EditAnnouncementBody | null {
  const before: Record<string, unknown> = detailsOf(draftOf(announcement))
  const changed = Object.entries(detailsOf(draft)).filter(([name, value]) => value !== before[name])
  return changed.length > 0 ? (Object.fromEntries(changed) as EditAnnouncementBody) : null
}

/** What is missing, by field; the server checks everything again. */
export function problemsOf(draft: AnnouncementDraft): Record<string, string> {
  const problems: Record<string, string> = {}
  if (!draft.title.trim()) problems.title = 'Give it a title.'
  if (!draft.body.trim()) problems.body = 'Write what there is to know.'
  if (draft.audience === 'unit' && !draft.unit_id) problems.unit_id = 'Choose the unit it is for.'
  if (draft.audience === 'role' && !draft.role) problems.role = 'Choose the role it is for.'
  return problems
}

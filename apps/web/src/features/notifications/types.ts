/** The types that the inbox can be filtered by, in the words of the pages. */
import type { TypeChoice } from '@pms/react'

export const TYPES: readonly TypeChoice[] = [
  { value: 'goal_created', label: 'Goal to approve' },
  { value: 'goal_assigned', label: 'Goal assigned' },
  { value: 'goal_approved', label: 'Goal approved' },
  { value: 'goal_rejected', label: 'Goal rejected' },
  { value: 'goal_accepted', label: 'Goal accepted' },
  { value: 'goal_declined', label: 'Goal declined' },
  { value: 'initiative_created', label: 'Initiative to approve' },
  { value: 'initiative_assigned', label: 'Initiative assigned' },
  { value: 'initiative_submitted', label: 'Initiative submitted' },
  { value: 'initiative_reviewed', label: 'Initiative reviewed' },
  { value: 'initiative_overdue', label: 'Initiative overdue' },
  { value: 'initiative_extension_requested', label: 'Extension requested' },
  { value: 'initiative_extension_approved', label: 'Extension approved' },
  { value: 'initiative_extension_denied', label: 'Extension denied' },
  { value: 'review_assigned', label: 'Review assigned' },
  { value: 'review_due_soon', label: 'Review due soon' },
  { value: 'review_overdue', label: 'Review overdue' },
  { value: 'review_submitted', label: 'Review submitted' },
  { value: 'user_created', label: 'New person' },
  { value: 'user_status_changed', label: 'Account status' },
  { value: 'user_role_changed', label: 'Role' },
  { value: 'system_announcement', label: 'Announcement' },
]

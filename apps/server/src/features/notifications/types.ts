/** The notification types that clients may ask for. */

/** Every type that the public protocol names. A client may filter by one before anything raises it. */
const NAMED_TYPES = [
  'goal_created',
  'goal_assigned',
  'goal_approved',
  'goal_rejected',
  'goal_accepted',
  'goal_declined',
  'initiative_created',
  'initiative_assigned',
  'initiative_submitted',
  'initiative_reviewed',
  'initiative_overdue',
  'initiative_extension_requested',
  'initiative_extension_approved',
  'initiative_extension_denied',
  'review_assigned',
  'review_due_soon',
  'review_overdue',
  'review_submitted',
  'user_created',
  'user_status_changed',
  'user_role_changed',
  'system_announcement',
] as const

/** The named types and those of these definitions, each once. */
export function knownTypes(definitions: readonly { type: string }[]): string[] {
  return [...new Set([...NAMED_TYPES, ...definitions.map(definition => definition.type)])]
}

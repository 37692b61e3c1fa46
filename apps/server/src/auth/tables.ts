/** Sessions: one row for each sign-in, on whatever device. No token is ever stored, only what proves that it was one. */

export interface AuthTables {
  sessions: SessionTable
  ws_tickets: TicketTable
  onboarding_links: OnboardingLinkTable
}

export interface SessionTable {
  id: string
  user_id: string
  /** Number of the refresh token that is good now. */
  generation: number
  /** When the one before it was used up. */
  rotated_at: string
  user_agent: string | null
  created_at: string
  last_used_at: string
  expires_at: string
  revoked_at: string | null
}

export interface TicketTable {
  /** SHA-256 of the ticket, in base64url. */
  hash: string
  user_id: string
  session_id: string
  /** When the access token ends that it was asked for with, in milliseconds since 1970. */
  access_until: number
  expires_at: string
}

/** How somebody who was added sets their first password. One a person. */
export interface OnboardingLinkTable {
  /** SHA-256 of the token, in base64url. */
  hash: string
  user_id: string
  expires_at: string
}

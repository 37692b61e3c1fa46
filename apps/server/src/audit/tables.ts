/**
 * Who did what, when: written with the change itself, never changed afterwards, but for the names of who is erased.
 */

export interface AuditTables {
  audit: AuditTable
}

export interface AuditTable {
  id: string
  at: string
  /** null: nobody signed in did it, such as the command line. */
  actor_id: string | null
  /** Kept as it was then. */
  actor_name: string
  /** In the form thing.happened, such as `session.started`. */
  action: string
  object_type: string
  object_id: string
  /** JSON. */
  detail: string
}

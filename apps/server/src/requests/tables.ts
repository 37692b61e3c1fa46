/** Who was asked to decide about what. */

export interface RequestTables {
  request_holders: RequestHolderTable
}

/** One of those whom an open request awaits. */
export interface RequestHolderTable {
  object_type: string
  object_id: string
  user_id: string
  /** Whose work it is: when their approvers change, the request goes along. */
  subject_id: string
  asked_at: string
}

/** Files that people uploaded: what is known of each. What they hold lies beside the database, under their ids. */

export interface AttachmentTables {
  attachments: AttachmentTable
}

export interface AttachmentTable {
  id: string
  name: string
  media_type: string
  /** Bytes. */
  size: number
  uploaded_by_id: string
  /** What it belongs to; null until something claims it. */
  object_type: string | null
  object_id: string | null
  created_at: string
}

/** Notification types that other systems registered: the texts and what their data must be. */
import type { Priority } from '@pms/protocol'

export interface IngestTables {
  registered_types: RegisteredTypeTable
}

export interface RegisteredTypeTable {
  type: string
  priority: Priority
  title: string
  message: string
  action_url: string | null
  /** JSON. */
  data_schema: string
  created_by_id: string
  created_at: string
  updated_at: string
}

/** What server processes write of themselves, so that any of them can answer for all. */
import type { ConnectionStart } from '@pms/notifier'

export interface SystemTables {
  system_nodes: SystemNodeTable
  system_samples: SystemSampleTable
  connections: ConnectionTable
}

/** One row a process; it stays for a day after the process was last heard of. */
export interface SystemNodeTable {
  /** Made anew with every start, so that its counters never go back. */
  id: string
  name: string
  version: string
  started_at: string
  seen_at: string
  /** null: it has not said goodbye. */
  stopped_at: string | null
  /** JSON: `Numbers` as they are now. */
  numbers: string
  /** JSON: `JobHistory` by the names of the jobs. */
  jobs: string
}

export interface SystemSampleTable {
  node_id: string
  at: string
  /** JSON: `Numbers` as they were then. */
  numbers: string
  /** Most samples stay as long as one looks at them closely, some as long as one looks back. */
  kept_until: string
}

/** One row a connection, for some days: written a while after it began, and again when it ended or somebody asked. */
export interface ConnectionTable {
  /** As the log names it. */
  id: string
  node_id: string
  /** Name of the process. */
  server: string
  user_id: string
  session_id: string
  opened_at: string
  /** null: it was open at `seen_at`. */
  closed_at: string | null
  code: number | null
  start: ConnectionStart
  /** The client had everything up to `first`, and was handed what came after it, up to `version`. */
  first: number
  version: number
  heard_at: string
  /** Of when this is. */
  seen_at: string
}

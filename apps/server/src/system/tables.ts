/** What server processes write of themselves, so that any of them can answer for all. */

export interface SystemTables {
  system_nodes: SystemNodeTable
  system_samples: SystemSampleTable
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

/** Who runs which job, and when each ran last. */

export interface JobTables {
  job_leases: JobLeaseTable
}

export interface JobLeaseTable {
  name: string
  /** The process that began a run which has not come to its end; null when there is none. */
  holder: string | null
  /** From when on another process may take that over: whoever is at it puts this off. */
  until: string | null
  /** When the last run that came to its end began. */
  last_run_at: string | null
}

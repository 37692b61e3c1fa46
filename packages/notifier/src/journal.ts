/**
 * What is worth knowing of a connection when somebody asks later whether a notification went out on it. Every change of
 * an inbox has a version, so two of them say what a connection was sent: nothing is written down for each message.
 */

export interface ConnectionRecord {
  /** Counts the connections of a hub. */
  number: number
  userId: string
  /** The sign-in it was let in on. */
  session: string
  /** Milliseconds since 1970. */
  openedAt: number
  heardAt: number
  start: ConnectionStart
  /** What the client had when this began; everything after it, up to `version`, was handed to the socket. */
  first: number
  version: number
  /** Why it ended; null: it is open. */
  code: number | null
}

/** `plain`: told only what was new. `resume`: had been here before. `reset`: was told to fetch everything afresh. */
export type ConnectionStart = 'plain' | 'resume' | 'reset'

/** What can be asked for its record, now or later. */
export interface Recorded {
  /** null: it has not been greeted yet. */
  readonly record: ConnectionRecord | null
}

/** Keeps records. It is told in the midst of other work: it takes note, and writes later. */
export interface Journal {
  opened(connection: Recorded): void
  /** @param record as it was at the end; null: it was never greeted */
  closed(connection: Recorded, record: ConnectionRecord | null): void
  /** Somebody, perhaps at another process, wants to know how the connections of a person stand. */
  asked(records: readonly ConnectionRecord[]): void
}

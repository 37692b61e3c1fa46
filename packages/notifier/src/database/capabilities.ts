/**
 * Where database engines differ, declared once. Migrations and queries ask here; nothing asks which engine it is.
 */
import type { ColumnDataType, Dialect, Kysely, SelectQueryBuilder } from 'kysely'

export interface Capabilities {
  /** What people call the engine. */
  readonly name: string
  /** Column type for a moment; read and written as ISO 8601 text in UTC with milliseconds on every engine. */
  readonly timestamp: ColumnDataType
  /** Column type for a JSON document; read and written as its text on every engine. */
  readonly json: ColumnDataType
  /** Holds the selected rows against other writers until the transaction ends. */
  lockRows<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>): SelectQueryBuilder<DB, TB, O>
  /** Whether the error means that the transaction was taken back whole, because of others, and may be tried again. */
  isToBeRepeated(error: unknown): boolean
  /** How much room a database takes. Bytes. */
  size(db: Kysely<unknown>): Promise<number>
  /** Whether it can be changed: not a copy that only follows another, nor a file that is gone or may only be read. */
  takesWrites(db: Kysely<unknown>): Promise<boolean>
  /** What time it is there. Milliseconds since 1970. */
  now(db: Kysely<unknown>): Promise<number>
}

/** Connections to a database server that one process has. */
export interface PoolState {
  open: number
  busy: number
  /** How many wait for one. */
  waiting: number
  most: number
}

/** A database engine: how it is spoken to, and where it differs. */
export interface Engine {
  readonly dialect: Dialect
  readonly capabilities: Capabilities
  /** null: it has no connections, or not yet. */
  pool(): PoolState | null
}

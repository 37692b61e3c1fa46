/**
 * Where database engines differ, declared once. Migrations and queries ask here; nothing asks which engine it is.
 */
import type { ColumnDataType, SelectQueryBuilder } from 'kysely'

export interface Capabilities {
  /** Column type for a moment; read and written as ISO 8601 text in UTC with milliseconds on every engine. */
  readonly timestamp: ColumnDataType
  /** Column type for a JSON document; read and written as its text on every engine. */
  readonly json: ColumnDataType
  /** Holds the selected rows against other writers until the transaction ends. */
  lockRows<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>): SelectQueryBuilder<DB, TB, O>
}

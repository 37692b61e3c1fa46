/** Searching in text, the same way wherever people type into a search box. */
import { type Expression, type SqlBool, sql } from 'kysely'

/** Whether the column has this text somewhere, whatever the case; signs that mean something to LIKE mean themselves. */
export function contains(column: Expression<string>, text: string): Expression<SqlBool> {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  return sql<SqlBool>`lower(${column}) like ${pattern} escape '\\'`
}

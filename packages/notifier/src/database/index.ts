export { newId } from '../new-id.ts'
export type { Capabilities, Engine, PoolState } from './capabilities.ts'
export {
  type Database,
  type DatabaseAbout,
  type DatabaseOptions,
  type NotificationKind,
  openDatabase,
  type Tx,
} from './database.ts'
export { DatabaseNewer, DatabaseUnavailable, OutcomeUnknown } from './errors.ts'
export type { Migrations } from './migrations.ts'
export { type PostgresOptions, postgres } from './postgres.ts'
export { prepared, preparedByEngine } from './prepared.ts'
export { sqlite } from './sqlite.ts'
export type { NotifierTables } from './tables.ts'

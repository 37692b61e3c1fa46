export type { Capabilities } from './capabilities.ts'
export { type Database, type DatabaseOptions, openDatabase, type Tx } from './database.ts'
export type { Migrations } from './migrations.ts'
export type { NotifierTables } from './tables.ts'

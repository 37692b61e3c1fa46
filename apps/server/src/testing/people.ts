/** People for tests. */
import type { Role, UserStatus } from '@pms/contract'
import type { App } from '../app.ts'
import { hashPassword } from '../auth/passwords.ts'
import { createUser } from '../features/people/actions.ts'

export interface Person {
  id: string
  name: string
  email: string
}

export interface PersonOptions {
  supervisor?: Person | null
  role?: Role
  status?: UserStatus
  /** Without one nobody signs in by password; `as` and `socket` need none. */
  password?: string
  email?: string
}

/** Adds a person under a name; the email is made from it. */
export async function addPerson(app: App, name: string, options: PersonOptions = {}): Promise<Person> {
  const { supervisor, password, email = emailOf(name), ...rest } = options
  const password_hash = password === undefined ? null : await hashPassword(password)
  return app.database.transaction(tx =>
    createUser(tx, null, { ...rest, name, email, supervisor_id: supervisor?.id ?? null, password_hash }),
  )
}

/** A small organisation: John reports to Jane, Jane to Mary; Hana is HR, Ada may do everything. */
export async function addOrganisation(app: App) {
  const mary = await addPerson(app, 'Mary Okafor')
  const jane = await addPerson(app, 'Jane Smith', { supervisor: mary })
  const john = await addPerson(app, 'John Doe', { supervisor: jane })
  const hana = await addPerson(app, 'Hana Sato', { role: 'hr' })
  const ada = await addPerson(app, 'Ada Admin', { role: 'super_admin' })
  return { mary, jane, john, hana, ada }
}

/** Sets what no action sets yet, such as a status or a loop of supervisors. */
export async function changePerson(
  app: App,
  person: Person,
  changes: { status?: UserStatus; role?: Role; supervisor_id?: string | null },
): Promise<void> {
  await app.database.transaction(tx =>
    tx.db.updateTable('users').set(changes).where('id', '=', person.id).execute(),
  )
}

function emailOf(name: string): string {
  return `${name.toLowerCase().replaceAll(' ', '.')}@example.test`
}

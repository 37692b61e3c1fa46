/** `pms user create` */
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { MIN_PASSWORD_LENGTH, ROLES, type Role } from '@pms/contract'
import type { App } from '../app.ts'
import { hashPassword } from '../auth/passwords.ts'
import { createUser } from '../features/people/actions.ts'
import { userByEmail } from '../features/people/queries.ts'
import { StartError } from '../start-error.ts'

export async function createUserCommand({ database }: App, args: string[]): Promise<string> {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: 'string' },
      email: { type: 'string' },
      role: { type: 'string', default: 'staff' },
      'job-title': { type: 'string', default: '' },
      unit: { type: 'string' },
      supervisor: { type: 'string' },
      password: { type: 'string' },
    },
  })
  const { name, email, role } = values
  if (!name || !email) throw new StartError('Both are needed: --name NAME --email EMAIL')
  if (!isRole(role)) throw new StartError(`--role must be one of ${ROLES.join(', ')}`)
  if (values.password !== undefined && values.password.length < MIN_PASSWORD_LENGTH)
    throw new StartError(`--password must have at least ${MIN_PASSWORD_LENGTH} characters`)

  const password = values.password ?? randomBytes(12).toString('base64url')
  const password_hash = await hashPassword(password)
  const unit_id = values.unit === undefined ? null : await unitNamed(database, values.unit)
  const supervisor_id =
    values.supervisor === undefined ? null : await supervisorWith(database, values.supervisor)
  const user = await database.transaction(tx =>
    createUser(tx, null, {
      name,
      email,
      role,
      job_title: values['job-title'],
      unit_id,
      supervisor_id,
      password_hash,
    }),
  )
  const added = `Added ${user.name} <${user.email}>, ${user.role}.\n`
  return values.password === undefined ? `${added}Password: ${password}\n` : added
}

function isRole(word: string): word is Role {
  return (ROLES as readonly string[]).includes(word)
}

async function unitNamed({ db }: App['database'], name: string): Promise<string> {
  const units = await db.selectFrom('org_units').select('id').where('name', '=', name).execute()
  const [unit, another] = units
  if (!unit) throw new StartError(`There is no unit with the name ${name}.`)
  if (another) throw new StartError(`There are ${units.length} units with the name ${name}.`)
  return unit.id
}

async function supervisorWith({ db }: App['database'], email: string): Promise<string> {
  const user = await userByEmail(db, email)
  if (!user) throw new StartError(`There is no user with the email ${email} to be the supervisor.`)
  return user.id
}

/** `pms user link`: lets in whoever forgot their password, also the one who would let in others. */
import { parseArgs } from 'node:util'
import type { App } from '../app.ts'
import { maySignIn } from '../auth/sessions.ts'
import { renewLink } from '../features/people/actions/onboarding.ts'
import { userByEmail } from '../features/people/queries.ts'
import { StartError } from '../start-error.ts'

export async function userLinkCommand({ database }: App, args: string[]): Promise<string> {
  const { positionals } = parseArgs({ args, allowPositionals: true })
  const [email] = positionals
  if (email === undefined || positionals.length > 1)
    throw new StartError('For whom? npm run pms -- user link EMAIL')
  const user = await userByEmail(database.db, email)
  if (!user) throw new StartError(`There is no user with the email ${email}.`)
  if (!maySignIn(user.status)) throw new StartError(`${user.name} is ${user.status} and cannot sign in.`)
  const { path, expires_at } = await database.transaction(tx => renewLink(tx, null, user.id))
  return `Good once, until ${expires_at}, for ${user.name} to set a password on your site at\n${path}\n`
}

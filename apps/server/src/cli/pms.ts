/** The command line: `npm run pms -- <command>`. Works on the same database as a server that is running. */
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { type App, buildApp } from '../app.ts'
import { loadEnvFile, readConfig } from '../config.ts'
import { fillWithDemo } from '../demo/start.ts'
import { userByEmail } from '../features/people/queries.ts'
import { ProblemError } from '../http/errors.ts'
import { configuredPlace } from '../operate/place.ts'
import { StartError } from '../start-error.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { copyCommand } from './copy.ts'
import { doctorCommand } from './doctor.ts'
import { createUserCommand } from './user-create.ts'
import { userLinkCommand } from './user-link.ts'

const HELP = `npm run pms -- <command>

  token EMAIL      print an access token that is good for 24 hours, and nothing else
  user create      add a person
    --name NAME --email EMAIL
    [--role staff|hr|admin|super_admin] [--job-title TITLE] [--unit NAME] [--supervisor EMAIL]
    [--password PASSWORD]      without it one is made and printed
  user link EMAIL  print a link by which somebody sets a password, the first or another one
  migrate          bring the database up to date
  demo             fill an empty database with a demo organisation
  backup FOLDER    write database, attached files and signing secret into a new folder, also while servers run
  restore FOLDER   put a backup in the place of the database that the environment names
    [--force]                  also where people use what is there; that is put aside
  copy             move the installation to another database, see docs/operating.md
    --from sqlite:FILE|postgres://…  --to postgres://…|sqlite:FILE
  doctor           look at everything the installation stands on, and say in words what is wrong and what to do
    [--url https://…]          also at the address that people use: proxy, origins, the socket from end to end
    [--json]
  help             print this

The environment and .env say which database: see .env.example.
`

const TOKEN_SECONDS = 24 * 60 * 60

/** Each prints its result to standard output. */
const COMMANDS: Readonly<Record<string, (args: string[]) => Promise<string>>> = {
  token: args => withApp(app => printToken(app, args)),
  async user([verb, ...args]) {
    const command = { create: createUserCommand, link: userLinkCommand }[verb ?? '']
    if (!command) throw new StartError('Known here: user create, user link. See: npm run pms -- help')
    return withApp(app => command(app, args))
  },
  migrate: () => withApp(async ({ config }) => `${configuredPlace(config).name} is up to date.\n`),
  async demo() {
    await fillWithDemo(readConfig(process.env))
    return 'The demo organisation is in.\n'
  },
  backup: backupCommand,
  restore: restoreCommand,
  copy: copyCommand,
  doctor: doctorCommand,
  help: async () => HELP,
}

// The database holds password hashes: whatever is written is for this user alone.
process.umask(0o077)

try {
  const [first = 'help', ...args] = process.argv.slice(2)
  const name = first === '--help' || first === '-h' ? 'help' : first
  loadEnvFile()
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) throw new StartError(`There is no command "${name}".\n\n${HELP}`)
  process.stdout.write(await command(args))
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exitCode = 1
}

async function printToken(app: App, args: string[]): Promise<string> {
  const { positionals } = parseArgs({ args, allowPositionals: true })
  const [email] = positionals
  if (email === undefined || positionals.length > 1)
    throw new StartError('Whose token? npm run pms -- token EMAIL')
  const user = await userByEmail(app.database.db, email)
  if (!user) throw new StartError(`There is no user with the email ${email}.`)
  return `${await app.auth.issueToken(user, { userAgent: 'command line', seconds: TOKEN_SECONDS })}\n`
}

async function withApp(work: (app: App) => Promise<string>): Promise<string> {
  // Standard output is for the result alone.
  const app = await buildApp(readConfig(process.env), { logStream: pino.destination(2) })
  try {
    return await work(app)
  } finally {
    await app.close()
  }
}

/** A refusal in its own words; whatever nobody foresaw with all that is known of it. */
function sentenceOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const isUsage = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  return error instanceof StartError || error instanceof ProblemError || isUsage ? error.message : error.stack
}

/** Starts the server and stops it: configuration, app, address, signals. */
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { type App, buildApp } from './app.ts'
import { loadEnvFile, readConfig } from './config.ts'
import { holdDataDir } from './data-dir.ts'
import { DEMO_PASSWORD, presentDemoAccounts } from './demo/accounts.ts'
import { prepareDemo } from './demo/start.ts'
import { StartError } from './start-error.ts'

/** How long a stop may take before it is forced; whoever supervises the process waits longer than that. */
const STOP_MS = 8_000

/** Everybody comes back at once after a restart: who finds no room in the queue tries again only after seconds. */
const BACKLOG = 4_096

/** A second signal within this time is the same wish, sent to the whole group of processes and passed on as well. */
const SAME_SIGNAL_MS = 1_000

// The database holds password hashes: whatever is written is for this user alone.
process.umask(0o077)

try {
  loadEnvFile()
  const config = readConfig(process.env)
  if (config.databaseUrl === null) holdDataDir(config.dataDir)
  await prepareDemo(config)
  const app = await buildApp(config)
  stopOnSignals(app)
  await listen(app)
  app.jobs.start()
  app.sampler.start()
  process.stdout.write(await greeting(app))
} catch (error) {
  const text = error instanceof StartError ? error.message : error instanceof Error ? error.stack : error
  process.stderr.write(`${text}\n`)
  process.exit(1)
}

async function listen({ config: { host, port }, http }: App): Promise<void> {
  try {
    await http.listen({ host, port, backlog: BACKLOG })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE')
      throw new StartError(`Port ${port} is in use. Stop what uses it, or set PORT to another one.`)
    if (code === 'EACCES')
      throw new StartError(`Port ${port} needs more rights than this user has. Set PORT to one above 1023.`)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new StartError(`HOST ${host} is no address of this machine.`)
    throw error
  }
}

async function greeting({ config, http, database }: App): Promise<string> {
  const lines = [`PMS is ready: ${addressOf(config.host, http.server.address() as AddressInfo)}`]
  const { accounts } = await presentDemoAccounts(database.db)
  if (accounts.length > 0) {
    const width = Math.max(...accounts.map(({ email }) => email.length))
    lines.push(
      '',
      `Demo accounts, all with the password ${DEMO_PASSWORD}`,
      ...accounts.map(({ email, name, description }) => `  ${email.padEnd(width)}  ${name}, ${description}`),
    )
  } else if (!(await database.db.selectFrom('users').select('id').limit(1).executeTakeFirst())) {
    lines.push(
      '',
      'Nobody can sign in yet. Add the first account:',
      '  npm run pms -- user create --role super_admin --email you@example.org --name "Your Name"',
    )
  }
  return `${lines.join('\n')}\n`
}

function addressOf(host: string, { port }: AddressInfo): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

function stopOnSignals(app: App): void {
  let since: number | null = null
  const stop = () => {
    if (since !== null) {
      if (performance.now() - since > SAME_SIGNAL_MS) process.exit(1)
      return
    }
    since = performance.now()
    const { drainMs } = app.config
    setTimeout(() => process.exit(1), drainMs + STOP_MS).unref()
    // Balancers first, then those who are connected.
    app.drain()
    wait(drainMs)
      .then(app.close)
      .then(
        () => process.exit(0),
        error => {
          app.http.log.error({ err: error }, 'could not stop cleanly')
          process.exit(1)
        },
      )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

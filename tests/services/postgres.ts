/** A PostgreSQL of the tests' own. */
import { execFileSync } from 'node:child_process'
import { Client } from 'pg'
import {
  childrenOf,
  debianFolders,
  findProgram,
  freePort,
  makeFolder,
  removeFolder,
  servant,
  start,
  until,
} from './program.ts'

export type Postgres = Awaited<ReturnType<typeof startPostgres>>

const FOLDERS = debianFolders('/usr/lib/postgresql', 'bin')

/** @param settings of the server, by name */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}) {
  const owner = servant('postgres')
  const folder = makeFolder('postgres', owner)
  const port = await freePort()
  const initdb = [
    '-D',
    folder,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ]
  execFileSync(findProgram('initdb', FOLDERS), initdb, { ...owner, cwd: '/', stdio: 'ignore' })

  const urlOf = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`
  const program = findProgram('postgres', FOLDERS)
  const wanted = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    ...settings,
  }
  const args = [
    '-D',
    folder,
    ...Object.entries(wanted).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  let running = start(program, args, owner)
  const backends = () => childrenOf(running.pid)
  function signal(name: NodeJS.Signals): void {
    for (const pid of [running.pid, ...backends()]) {
      try {
        process.kill(pid, name)
      } catch {
        // Gone by itself in this moment.
      }
    }
  }
  const answers = () => until(() => ask(urlOf('postgres'), 'select 1'), running)
  await answers()

  return {
    url: urlOf('postgres'),
    urlOf,
    port,
    /** To all of its processes: each connection has one, which goes on by itself for a while. */
    signal,
    /** Ends it as an administrator does who waits for nobody: connections are cut, what was under way is taken back. */
    shutDown: () => running.signal('SIGINT'),
    /** Starts it again after it ended. */
    async restart(): Promise<void> {
      await running.ended
      // Until the last of its processes is gone the server refuses to start.
      await retry(async () => {
        running = start(program, args, owner)
        await answers()
      })
    },
    async stop(): Promise<void> {
      // At once: what is in it is of no use to anybody any more.
      signal('SIGKILL')
      await running.ended
      removeFolder(folder)
    },
  }
}

async function retry(work: () => Promise<void>): Promise<void> {
  for (let left = 100; ; left--) {
    try {
      return await work()
    } catch (error) {
      if (left === 0) throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
}

/** Runs one statement on a connection of its own. */
export async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

/** Makes an empty database on the server that `server` leads to. */
export async function freshDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await ask(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: async () => {
      await ask(server, `drop database ${name} with (force)`)
    },
  }
}

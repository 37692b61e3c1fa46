/** A PostgreSQL of the tests' own. */
import { execFileSync } from 'node:child_process'
import { Client, DatabaseError } from 'pg'
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
    /** Of the process that all others of it come from. */
    pid: () => running.pid,
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
export const freshDatabase = (server: string) => makeDatabase(server, 'template0')

/** Makes one with all that another one holds, which nobody uses meanwhile; its name goes on after that one's. */
export const cloneDatabase = (server: string, original: string) => makeDatabase(server, original, original)

/** The name of a database is taken: seen at once, or by the index where somebody took it in the same moment. */
const TAKEN = ['42P04', '23505']

/** Gives a database that nobody uses another name. Answers false when that is taken. */
export async function renameDatabase(server: string, url: string, name: string): Promise<boolean> {
  try {
    await ask(server, `alter database ${nameIn(url)} rename to ${name}`)
    return true
  } catch (error) {
    if (error instanceof DatabaseError && TAKEN.includes(error.code ?? '')) return false
    throw error
  }
}

export async function hasDatabase(server: string, name: string): Promise<boolean> {
  return (await ask(server, `select 1 from pg_database where datname = '${name}'`)).length > 0
}

/** Removes every row of all tables but these. */
export async function emptyDatabase(url: string, except: readonly string[]): Promise<void> {
  const kept = except.map(name => `'${name}'`).join(', ')
  await ask(
    url,
    `set session_replication_role = replica;
    do $$ declare name text; begin
      for name in select tablename from pg_tables where schemaname = 'public' and tablename not in (${kept}) loop
        execute format('delete from %I', name);
      end loop;
    end $$`,
  )
}

/** All whose names begin so. */
export async function dropDatabases(server: string, beginning: string): Promise<void> {
  const found = await ask(
    server,
    `select datname from pg_database where starts_with(datname, '${beginning}')`,
  )
  for (const { datname } of found) await dropDatabase(server, String(datname))
}

async function dropDatabase(server: string, name: string): Promise<void> {
  await ask(server, `drop database if exists ${name} with (force)`)
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1)

async function makeDatabase(server: string, original: string, beginning = 'test') {
  const name = `${beginning}_${crypto.randomUUID().slice(-12)}`
  await ask(server, `create database ${name} template ${original}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => dropDatabase(server, name),
  }
}

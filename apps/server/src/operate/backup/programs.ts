/** PostgreSQL's own programs, which know how to write a database down and how to read it again. */
import { execFile } from 'node:child_process'
import { accessSync, constants, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { StartError } from '../../start-error.ts'

const execute = promisify(execFile)

const DEBIAN = '/usr/lib/postgresql'

/**
 * Finds a program that is not older than the server, and as little newer as can be: an older one cannot read it, a
 * newer one may write what it does not understand.
 * @throws {StartError} when there is none
 */
export async function findProgram(
  name: 'pg_dump' | 'pg_restore',
  serverVersion: number,
  folders: readonly string[] = placesOfPrograms(),
): Promise<string> {
  const found: { path: string; version: number }[] = []
  for (const path of folders.map(folder => join(folder, name)).filter(isProgram)) {
    const { stdout } = await execute(path, ['--version'])
    const [, version] = /(\d+)/.exec(stdout) ?? []
    if (version) found.push({ path, version: Number(version) })
  }
  found.sort((a, b) => a.version - b.version)
  const fit = found.find(({ version }) => version >= serverVersion)
  if (fit) return fit.path
  const newest = found.at(-1)
  throw new StartError(
    newest
      ? `${name} is of version ${newest.version} and the server of version ${serverVersion}, which it cannot read. ` +
          `Install the client programs of PostgreSQL ${serverVersion} (Debian: postgresql-client-${serverVersion}).`
      : `${name} is not installed. Install the client programs of PostgreSQL ${serverVersion} or newer (Debian: ` +
          'apt-get install postgresql-client).',
  )
}

/** Runs it on a database. The password goes by the environment: arguments can be read by everybody on the machine. */
export async function runOn(databaseUrl: string, program: string, args: readonly string[]): Promise<void> {
  const url = new URL(databaseUrl)
  const password = decodeURIComponent(url.password)
  url.password = ''
  try {
    await execute(program, [...args, `--dbname=${url.href}`], {
      env: { ...process.env, ...(password && { PGPASSWORD: password }) },
      maxBuffer: 16 * 1_048_576,
    })
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)
    throw new StartError(`${program} failed:\n${said}`)
  }
}

/** Debian keeps each version in a folder of its own. */
function placesOfPrograms(): string[] {
  const path = (process.env.PATH ?? '').split(delimiter)
  try {
    return [...readdirSync(DEBIAN).map(version => join(DEBIAN, version, 'bin')), ...path]
  } catch {
    return path
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A backup is made while people write; what is restored from it is whole, and clients know that it is another past. */
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Attachment } from '@pms/contract'
import { wrongCounters } from '@pms/notifier/testing'
import { ask, freshDatabase } from '@pms/test-services/postgres'
import { sharedPostgres } from '@pms/test-services/shared'
import { afterAll, describe, expect, test } from 'vitest'
import { databaseFile, openAppDatabase } from '../src/database.ts'
import { findProgram } from '../src/operate/backup/programs.ts'
import type { Rest } from '../src/testing/index.ts'
import { createGoal } from './goal-calls.ts'
import { allRows, hireTwo, serve, signIn } from './installation.ts'
import { createWorkplace } from './programs.ts'

const ENGINES = ['SQLite', 'PostgreSQL'] as const

const cleanUps: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp()
})

/** A place to run in, over a database of its own. */
async function installation(engine: (typeof ENGINES)[number]) {
  const place = createWorkplace()
  cleanUps.push(place.close)
  const none: Record<string, string> = {}
  const file = `sqlite:${databaseFile(place.dataDir)}`
  if (engine === 'SQLite') return { ...place, env: none, databaseUrl: null, address: file }
  const { url, drop } = await freshDatabase(sharedPostgres())
  cleanUps.push(drop)
  return { ...place, env: { ...none, DATABASE_URL: url }, databaseUrl: url, address: url }
}

/** Makes goals until it is told to stop; each of them is a notification for the boss. */
function write(rest: Rest) {
  const answered: string[] = []
  let isStopped = false
  const end = (async () => {
    while (!isStopped) answered.push((await createGoal(rest)).id)
  })()
  return {
    answered,
    async stop(): Promise<void> {
      isStopped = true
      await end
    },
  }
}

async function upload(url: string, token: string): Promise<Attachment> {
  const form = new FormData()
  form.append('file', new Blob(['All done.']), 'report.txt')
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`${url}/api/attachments`, { method: 'POST', headers, body: form })
  return (await response.json()) as Attachment
}

describe.each(ENGINES)('a backup of %s', engine => {
  test('is made while people write, and whole where it is restored', async () => {
    const [here, there] = [await installation(engine), await installation(engine)]
    await hireTwo(here)
    const server = await serve(here, here.env)
    const [amy, bob] = await Promise.all([
      signIn(server.url, 'amy@example.test'),
      signIn(server.url, 'bob@example.test'),
    ])
    const file = await upload(server.url, bob.token)
    const writer = write(bob.rest)
    await expect.poll(() => writer.answered.length, { timeout: 20_000 }).toBeGreaterThan(5)
    const before = [...writer.answered]
    const folder = join(here.dir, 'backups', 'first')
    const made = await here.run('cli/pms.ts', ['backup', folder], here.env)
    await writer.stop()
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/rows, 1 attached files, .* MB/) })
    expect(writer.answered.length, 'people went on').toBeGreaterThan(before.length)
    expect(readdirSync(join(here.dir, 'backups'))).toEqual(['first'])
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(folder, { recursive: true, withFileTypes: true }).filter(each =>
      each.isFile(),
    ))
      expect(statSync(join(name.parentPath, name.name)).mode & 0o077, name.name).toBe(0)

    const { version } = await amy.inbox()
    const { epoch } = await (await amy.socket()).until(({ type }) => type === 'connection_established')
    await server.stop()

    const restored = await there.run('cli/pms.ts', ['restore', folder], there.env)
    expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('Restored into') })
    expect(restored.stdout).not.toContain('What was there before')
    const rows = await allRows(there.address)
    const goals = (rows.goals ?? []).join()
    expect(before.filter(id => !goals.includes(id))).toEqual([])
    expect((rows.goals ?? []).length).toBe((rows.notifications ?? []).length)
    const { transaction, close } = await openAppDatabase(there)
    expect(await transaction(tx => wrongCounters(tx.engine))).toEqual([])
    await close()

    // With the secret that came along, tokens from before are good; the inbox has another past.
    const again = await serve(there, there.env)
    const socket = await amy.socket({ since: version, epoch: String(epoch) }, again.url)
    expect(await socket.until(({ type }) => type === 'sync_reset')).toMatchObject({ reason: 'epoch_changed' })
    await socket.close()
    const content = await fetch(`${again.url}/api/attachments/${file.id}/content`, {
      headers: { authorization: `Bearer ${bob.token}` },
    })
    expect(await content.text()).toBe('All done.')

    // People use it now.
    const restore = (...args: string[]) => there.run('cli/pms.ts', ['restore', folder, ...args], there.env)
    expect((await restore('--force')).stderr).toContain('Stop every server first')
    await again.stop()
    expect((await restore()).stderr).toContain('add --force')
    expect(await allRows(there.address)).toMatchObject({ goals: rows.goals })
    const forced = await restore('--force')
    const [, aside = ''] = /What was there before is in (?:schema )?(\S+):/.exec(forced.stdout) ?? []
    expect(forced.code).toBe(0)
    if (there.databaseUrl === null) expect(existsSync(join(aside, 'pms.sqlite'))).toBe(true)
    else
      expect(await ask(there.databaseUrl, `select count(*)::int as users from ${aside}.users`)).toEqual([
        { users: 2 },
      ])
    const anew = await allRows(there.address)
    expect(anew.goals).toEqual(rows.goals)
    expect(anew.installation, 'the epoch').not.toEqual(rows.installation)
  }, 120_000)
})

describe('a restore refuses, and leaves all as it was', () => {
  test('what is damaged, what is none, and what is of another engine', async () => {
    const [here, there] = [await installation('SQLite'), await installation('SQLite')]
    const elsewhere = await installation('PostgreSQL')
    await hireTwo(here)
    const folder = join(here.dir, 'backup')
    expect((await here.run('cli/pms.ts', ['backup', folder])).code).toBe(0)
    expect((await here.run('cli/pms.ts', ['backup', folder])).stderr).toContain('is not empty')
    const restore = (from: string, { run, env } = there) => run('cli/pms.ts', ['restore', from], env)

    expect((await restore(here.dataDir)).stderr).toContain('There is no backup in')
    expect((await restore(folder, elsewhere)).stderr).toContain('This is a backup of SQLite')
    writeFileSync(join(folder, 'database.sqlite'), 'something else')
    expect((await restore(folder)).stderr).toContain('database.sqlite has changed since it was written')
    expect(existsSync(there.dataDir) && readdirSync(there.dataDir)).toBe(false)
  })
})

describe('programs of PostgreSQL', () => {
  const place = createWorkplace()
  afterAll(place.close)

  function pretend(version: string): string {
    const folder = join(place.dir, version)
    mkdirSync(folder)
    writeFileSync(join(folder, 'pg_dump'), `#!/bin/sh\necho "pg_dump (PostgreSQL) ${version}"\n`)
    chmodSync(join(folder, 'pg_dump'), 0o755)
    return folder
  }

  test('are as old as the server, a little newer, or said to be missing', async () => {
    const folders = ['13.4', '17.1', '15.2'].map(pretend)
    expect(await findProgram('pg_dump', 15, folders)).toBe(join(place.dir, '15.2', 'pg_dump'))
    expect(await findProgram('pg_dump', 14, folders)).toBe(join(place.dir, '15.2', 'pg_dump'))
    await expect(findProgram('pg_dump', 18, folders)).rejects.toThrow(
      'pg_dump is of version 17 and the server of version 18',
    )
    await expect(findProgram('pg_restore', 15, folders)).rejects.toThrow('pg_restore is not installed')
  })
})

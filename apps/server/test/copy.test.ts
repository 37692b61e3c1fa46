/** An installation that lives moves from SQLite to PostgreSQL and back: all of it, or in words why not. */
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { freshDatabase } from '@pms/test-services/postgres'
import { sharedPostgres } from '@pms/test-services/shared'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { holdDataDir } from '../src/data-dir.ts'
import { databaseFile, openAppDatabase } from '../src/database.ts'
import { copyInstallation } from '../src/operate/copy/copy.ts'
import { placeOf } from '../src/operate/place.ts'
import { createGoal } from './goal-calls.ts'
import { allRows, hireTwo, serve, signIn } from './installation.ts'
import { createWorkplace } from './programs.ts'

const JOHN = 'john.doe@pms.test'

const place = createWorkplace()
const source = `sqlite:${databaseFile(place.dataDir)}`
let fresh: Awaited<ReturnType<typeof freshDatabase>>

beforeAll(async () => {
  fresh = await freshDatabase(sharedPostgres())
})
afterAll(async () => {
  await place.close()
  await fresh.drop()
})

const copy = (from: string, to: string) => place.run('cli/pms.ts', ['copy', '--from', from, '--to', to])
const change = (dataDir: string, statement: string) => {
  const database = new DatabaseSync(databaseFile(dataDir))
  database.exec(statement)
  database.close()
}

test('a whole organisation moves while it works, and its clients go on where they were', async () => {
  const server = await serve(place)
  const john = await signIn(server.url, JOHN)
  const first = await copy(source, fresh.url)
  expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('The copy is not finished') })
  expect(first.stdout).not.toContain('NOT EQUAL')

  // What happens between the passes: something new, something changed, something that goes.
  await createGoal(john.rest)
  const { notifications } = await john.inbox()
  await john.rest.put(`/api/notifications/${notifications[0]?.id}/read`)
  await john.rest.delete(`/api/notifications/${notifications[1]?.id}`)
  const before = await john.inbox()
  const { version } = before
  const { epoch } = await (await john.socket()).until(({ type }) => type === 'connection_established')
  await server.stop()
  change(place.dataDir, `delete from goal_events where id = (select min(id) from goal_events)`)

  const second = await copy(source, fresh.url)
  expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('The copy is finished') })
  const [, written = ''] = /([\d,]+) rows written/.exec(second.stdout) ?? []
  expect(Number(written.replaceAll(',', '')), 'only the differences').toBeLessThan(100)
  expect(await allRows(fresh.url)).toEqual(await allRows(source))

  const moved = await serve(place, { DATABASE_URL: fresh.url })
  const again = await signIn(moved.url, JOHN)
  expect(await again.inbox()).toEqual(before)
  const socket = await again.socket({ since: version, epoch: String(epoch) })
  await socket.until(({ type }) => type === 'sync')
  expect(socket.messages).not.toContainEqual(expect.objectContaining({ type: 'sync_reset' }))
  await socket.close()
  // A server on the other side is in the way in both directions.
  expect(await copy(source, fresh.url)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^A server runs on postgres:/m),
  })
  await moved.stop()

  const back = `sqlite:${join(place.dir, 'back', 'pms.sqlite')}`
  expect(await copy(fresh.url, back)).toMatchObject({ code: 0 })
  expect(await allRows(back)).toEqual(await allRows(fresh.url))

  expect((await copy(source, fresh.url)).stderr).toContain('is a finished copy already')
}, 120_000)

describe('a small installation', () => {
  let dirs = 0
  const folder = () => join(place.dir, `small-${++dirs}`)
  const addressOf = (dataDir: string) => `sqlite:${databaseFile(dataDir)}`
  const copyHere = (from: string, to: string) =>
    copyInstallation({ from: placeOf(from), to: placeOf(to), onProgress: () => {} })

  async function small(): Promise<string> {
    const dataDir = folder()
    await hireTwo({ dataDir, databaseUrl: null })
    return dataDir
  }

  test('is copied anew where what changed cannot be written row by row', async () => {
    const [from, to] = [await small(), folder()]
    // More rows than go at once, that refer to one behind them all.
    change(
      from,
      `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 600)
       insert into users (id, name, email, job_title, supervisor_id, role, status, created_at, updated_at)
       select '0-' || n, 'Nr. ' || n, n || '@example.test', '', bob.id, 'staff', 'active', bob.created_at, bob.created_at
       from numbers, (select * from users where name = 'Bob') as bob`,
    )
    const letGo = holdDataDir(from)
    expect((await copyHere(addressOf(from), addressOf(to))).outcome).toBe('served')
    letGo()
    change(from, `update users set email = 'x' where name = 'Amy'`)
    change(from, `update users set email = 'amy@example.test' where name = 'Bob'`)
    change(from, `update users set email = 'bob@example.test' where name = 'Amy'`)
    expect((await copyHere(addressOf(from), addressOf(to))).outcome).toBe('finished')
    expect(await allRows(addressOf(to))).toEqual(await allRows(addressOf(from)))
  })

  test('is said to be unequal when the target does not keep what it is given', async () => {
    const [from, to] = [await small(), folder()]
    await openAppDatabase({ dataDir: to, databaseUrl: null }).then(database => database.close())
    change(
      to,
      `create trigger meddle after insert on audit
       begin update audit set action = 'changed' where id = new.id; end`,
    )
    const { code, stdout, stderr } = await copy(addressOf(from), addressOf(to))
    expect([code, stderr]).toEqual([1, expect.stringContaining('is not equal to')])
    expect(stdout).toMatch(/^audit +2 +2 .* NOT EQUAL$/m)
    // What it holds now is no installation yet, and says so.
    await expect(openAppDatabase({ dataDir: to, databaseUrl: null })).rejects.toThrow('was not finished')
  })

  test('is not finished when something wrote to the source meanwhile', async () => {
    const [from, to] = [await small(), folder()]
    const copied = await copyInstallation({
      from: placeOf(addressOf(from)),
      to: placeOf(addressOf(to)),
      onProgress: ({ table }) => {
        if (table === 'sessions') change(from, `update users set job_title = 'Chief'`)
      },
    })
    expect(copied.outcome).toBe('moved')
    expect((await copyHere(addressOf(from), addressOf(to))).outcome).toBe('finished')
  })

  test.each<[string, string, (from: string, to: string) => void | Promise<void>]>([
    [
      'another installation is there',
      'holds another installation: 2 rows in',
      async (_, to) => {
        cpSync(await small(), to, { recursive: true })
      },
    ],
    [
      'tables of something else are there',
      'holds tables of something else: cats.',
      (_, to) => {
        mkdirSync(to)
        change(to, 'create table cats (id integer primary key)')
      },
    ],
    ['a server runs there', 'A server runs on', (_, to) => void holdDataDir(to)],
    [
      'the source is of an older version',
      'was last used by an older version',
      from => change(from, `delete from kysely_migration where name like '%attachments'`),
    ],
    [
      'the source is of a newer version',
      'was used by a newer version',
      from => change(from, `insert into kysely_migration values ('2099-01-01-future', '')`),
    ],
    [
      'the source is no installation',
      'There is no installation',
      from => {
        rmSync(from, { recursive: true })
        mkdirSync(from)
        change(from, 'select 1')
      },
    ],
    ['there is no source', 'There is no database', from => rmSync(from, { recursive: true })],
  ])('stays where it is when %s', async (_, words, prepare) => {
    const [from, to] = [await small(), folder()]
    await prepare(from, to)
    await expect(copyHere(addressOf(from), addressOf(to))).rejects.toThrow(words)
  })

  test('goes nowhere when the addresses make no sense, and passwords are not repeated', async () => {
    const from = addressOf(await small())
    await expect(copyHere(from, from)).rejects.toThrow('are the same database')
    expect(() => placeOf('mysql://x')).toThrow('A database is named like')
    const closed = await copy(from, 'postgres://pms:hush@127.0.0.1:1/pms')
    expect(closed.stderr).toMatch(/^The database at 127\.0\.0\.1:1 cannot be reached: .* See --to\.$/m)
    expect(closed.stderr).not.toContain('hush')
    expect((await place.run('cli/pms.ts', ['copy'])).stderr).toContain('Both are needed')
  })
})

/** An installation moves to PostgreSQL. The command is killed halfway and run again: what arrives is all of it. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAppDatabase } from '../../../apps/server/src/database.ts'
import { createWorkplace } from '../../../apps/server/test/programs.ts'
import { engineTables } from '../../../packages/notifier/src/database/database.ts'
import { wrongCounters } from '../../../packages/notifier/src/testing/recount.ts'
import { fillInbox } from '../../browser/support/many.ts'
import { ask, freshDatabase, startPostgres } from '../../services/postgres.ts'
import { hire } from '../kit/cast.ts'
import { report } from '../kit/figures.ts'
import { eventually, SCENE_MS } from '../kit/until.ts'

/** The row at which the first run is held up: a trigger waits for this lock, and the test has it. */
const LOCK = 4_711

export function copyKilled({ notifications }: { notifications: number }): void {
  const place = createWorkplace()
  const target = join(place.dir, 'target')
  const halfway = notifications / 2
  let stopServer = async () => {}
  let fresh: Awaited<ReturnType<typeof freshDatabase>>

  beforeAll(async () => {
    let server = process.env.TEST_POSTGRES_URL
    if (!server) {
      const own = await startPostgres()
      server = own.url
      stopServer = own.stop
    }
    fresh = await freshDatabase(server)
  })
  afterAll(async () => {
    await place.close()
    await fresh?.drop()
    await stopServer()
  })

  const copy = () =>
    place.start('cli/pms.ts', [
      'copy',
      '--from',
      `sqlite:${join(place.dataDir, 'pms.sqlite')}`,
      '--to',
      fresh.url,
    ])
  const arrived = async () => {
    const [row] = await ask(fresh.url, 'select count(*)::int as count from notifications')
    return Number(row?.count)
  }

  test(
    `${notifications} notifications move to PostgreSQL, though the move is killed halfway`,
    async () => {
      const { chiefs, staff } = await hire(place.dataDir, 2, 2)
      const [chief] = chiefs
      if (!chief) throw new Error('Nobody was hired')
      fillInbox(place.dataDir, { ...chief, email: '' }, notifications)
      mkdirSync(target)

      const made = await place.run('cli/pms.ts', ['migrate'], { DATABASE_URL: fresh.url })
      expect([made.code, made.stderr]).toEqual([0, ''])
      await ask(
        fresh.url,
        `create function hold_up() returns trigger language plpgsql as $$ begin
           if new.seq = ${halfway} then perform pg_advisory_xact_lock(${LOCK}); end if; return new; end $$;
         create trigger hold_up before insert on notifications for each row execute function hold_up()`,
      )
      const holder = holdLock(fresh.url)
      await eventually(holder.isHeld, 'the lock is held')
      const first = copy()
      await eventually(holder.somebodyWaits, 'the first run comes to the middle')
      first.signal('SIGKILL')
      const { code, stdout } = await first.ended
      expect([code, stdout], 'killed, not ended').toEqual([null, ''])
      await holder.release()
      const before = await arrived()
      expect(before).toBeGreaterThan(0)
      expect(before).toBeLessThan(notifications)

      // No server starts on half of it.
      const early = await place.run('main.ts', [], { DATABASE_URL: fresh.url, DEMO: '0', PORT: '0' })
      expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('was not finished')])

      await ask(fresh.url, 'drop trigger hold_up on notifications')
      const started = performance.now()
      const second = await copy().ended
      const seconds = (performance.now() - started) / 1_000
      expect([second.code, second.stderr.includes('Error')]).toEqual([0, false])
      expect(second.stdout).toContain('The copy is finished')
      const [, written = ''] = /([\d,]+) rows written/.exec(second.stdout) ?? []
      const brought = Number(written.replaceAll(',', ''))
      expect(brought, 'it goes on where it was').toBeLessThan(notifications - before + 100)

      const [was, is] = [await readAll(place.dataDir), await readAll(target, fresh.url)]
      for (const [table, rows] of Object.entries(was)) expect(is[table] === rows, table).toBe(true)
      expect(Object.keys(is)).toEqual(Object.keys(was))
      report('copy killed', {
        people: chiefs.length + staff.length,
        notifications,
        'there when killed': before,
        'written after': brought,
        'seconds after': Math.round(seconds * 10) / 10,
      })
    },
    SCENE_MS,
  )
}

/** Every row of every table, as text that two engines can be compared by; counters are judged on the way. */
async function readAll(dataDir: string, databaseUrl: string | null = null) {
  const database = await openAppDatabase({ dataDir, databaseUrl })
  try {
    expect(await wrongCounters(engineTables(database.db))).toEqual([])
    return {
      epoch: JSON.stringify(await database.db.selectFrom('installation').selectAll().execute()),
      users: lines(await database.db.selectFrom('users').selectAll().execute()),
      audit: lines(await database.db.selectFrom('audit').selectAll().execute()),
      inboxes: lines(await database.db.selectFrom('inboxes').selectAll().execute()),
      counts: lines(await database.db.selectFrom('inbox_counts').selectAll().execute()),
      notifications: lines(await database.db.selectFrom('notifications').selectAll().execute()),
    } as Record<string, string>
  } finally {
    await database.close()
  }
}

function lines(rows: readonly object[]): string {
  return rows
    .map(row => JSON.stringify(Object.entries(row).sort()))
    .sort()
    .join('\n')
}

/** Holds the lock on a connection of its own, which sleeps over it. */
function holdLock(url: string) {
  const locks = (granted: boolean) =>
    ask(url, `select pid from pg_locks where locktype = 'advisory' and granted = ${granted}`)
  // Ends with its connection.
  ask(url, `select pg_advisory_lock(${LOCK}), pg_sleep(3600)`).catch(() => [])
  return {
    isHeld: async () => (await locks(true)).length > 0,
    somebodyWaits: async () => (await locks(false)).length > 0,
    async release(): Promise<void> {
      for (const { pid } of await locks(true)) await ask(url, `select pg_terminate_backend(${pid})`)
      // Whoever waited belongs to nobody any more: PostgreSQL notices, and takes back what it was doing.
      const isQuiet = async () => (await locks(true)).length + (await locks(false)).length === 0
      await eventually(isQuiet, 'the killed command is forgotten')
    },
  }
}

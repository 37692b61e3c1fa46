/**
 * An installation moves to PostgreSQL while people work on it. The command is killed halfway and run again, the server
 * is stopped, and a last run brings what came meanwhile: what arrives is all of it.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAppDatabase } from '../../../apps/server/src/database.ts'
import { createWorkplace } from '../../../apps/server/test/programs.ts'
import { engineTables } from '../../../packages/notifier/src/database/database.ts'
import { wrongCounters } from '../../../packages/notifier/src/testing/recount.ts'
import { fillInbox } from '../../browser/support/many.ts'
import { ask, freshDatabase, startPostgres } from '../../services/postgres.ts'
import { expectFates } from '../kit/fates.ts'
import { report } from '../kit/figures.ts'
import { chanceOf, freshSeed } from '../kit/random.ts'
import { openStage, type Stage } from '../kit/stage.ts'
import { eventually, SCENE_MS } from '../kit/until.ts'
import { createWriter } from '../kit/writer.ts'

/** The row at which the first run is held up: a trigger waits for this lock, and the test has it. */
const LOCK = 4_711

export interface CopySize {
  /** There before anybody works. */
  notifications: number
  /** Calls that are answered between the last run but one and the end of the server. */
  writes: number
}

export function copyKilled({ notifications, writes }: CopySize): void {
  const place = createWorkplace()
  const target = join(place.dir, 'target')
  const halfway = notifications / 2
  let stopServer = async () => {}
  let stage: Stage
  let fresh: Awaited<ReturnType<typeof freshDatabase>>

  beforeAll(async () => {
    let server = process.env.TEST_POSTGRES_URL
    if (!server) {
      const own = await startPostgres()
      server = own.url
      stopServer = own.stop
    }
    fresh = await freshDatabase(server)
    stage = await openStage({
      chiefs: 2,
      staffEach: 2,
      prepare: (dataDir, { chiefs: [chief] }) =>
        chief && fillInbox(dataDir, { ...chief, email: '' }, notifications),
    })
  }, SCENE_MS)
  afterAll(async () => {
    await Promise.all([place.close(), stage?.close()])
    await fresh?.drop()
    await stopServer()
  })

  const copy = () =>
    place.start('cli/pms.ts', [
      'copy',
      '--from',
      `sqlite:${join(stage.dataDir, 'pms.sqlite')}`,
      '--to',
      fresh.url,
    ])
  const arrived = async () => {
    const [row] = await ask(fresh.url, 'select count(*)::int as count from notifications')
    return Number(row?.count)
  }

  /** Runs the command to its end. */
  async function copied() {
    const from = performance.now()
    const { code, stdout, stderr } = await copy().ended
    expect([code, stderr.includes('Error')], stderr).toEqual([0, false])
    return { stdout, ...countsOf(stdout), seconds: secondsSince(from) }
  }

  /** Runs the command until it comes to the middle, and kills it there. */
  async function killedHalfway(): Promise<number> {
    const holder = holdLock(fresh.url)
    await eventually(holder.isHeld, 'the lock is held')
    const from = performance.now()
    const first = copy()
    let isRunning = true
    first.ended.then(() => {
      isRunning = false
    })
    await eventually(
      async () => !isRunning || (await holder.somebodyWaits()),
      'the first run comes to the middle',
      SCENE_MS,
    )
    const seconds = secondsSince(from)
    first.signal('SIGKILL')
    const { code, stdout, stderr } = await first.ended
    expect([code, stdout], `killed, not ended: ${stderr}`).toEqual([null, ''])
    await holder.release()
    return seconds
  }

  test(
    `${notifications} notifications move to PostgreSQL while people work, though the move is killed halfway`,
    async () => {
      const { cast, dataDir } = stage
      mkdirSync(target)
      const chance = chanceOf(freshSeed())
      const writer = createWriter({ stage, chance, tended: [] })

      const made = await place.run('cli/pms.ts', ['migrate'], { DATABASE_URL: fresh.url })
      expect([made.code, made.stderr]).toEqual([0, ''])
      await ask(
        fresh.url,
        `create function hold_up() returns trigger language plpgsql as $$ begin
           if new.seq = ${halfway} then perform pg_advisory_xact_lock(${LOCK}); end if; return new; end $$;
         create trigger hold_up before insert on notifications for each row execute function hold_up()`,
      )
      const untilKilled = await writer.during(killedHalfway(), 1)
      const before = await arrived()
      expect(before).toBeGreaterThan(0)
      expect(before).toBeLessThan(notifications)

      // No server starts on half of it.
      const early = await place.run('main.ts', [], { DATABASE_URL: fresh.url, DEMO: '0', PORT: '0' })
      expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('was not finished')])

      await ask(fresh.url, 'drop trigger hold_up on notifications')
      const second = await writer.during(copied(), 1)
      expect(second.stdout).toContain('The copy is not finished: a server still runs')
      expect(second.written, 'it goes on where it was').toBeLessThan(second.rows - before / 2)

      await writer.until(writes)
      expect((await stage.stop()).code).toBe(0)
      const third = await copied()
      expect(third.stdout).toContain('The copy is finished')
      expect(third.written, 'it brings what came since').toBeLessThan(notifications / 2)

      await expectFates(fresh.url, writer.journal)
      const [was, is] = [await readAll(dataDir), await readAll(target, fresh.url)]
      for (const [table, rows] of Object.entries(was)) expect(is[table] === rows, table).toBe(true)
      expect(Object.keys(is)).toEqual(Object.keys(was))
      report('copy killed', {
        seed: chance.seed,
        people: cast.chiefs.length + cast.staff.length,
        notifications,
        ...writer.counts,
        'there when killed': before,
        'after s': untilKilled,
        'rows a second until then': Math.round(before / untilKilled),
        'written by the second run': second.written,
        'in s': second.seconds,
        'written by the last run': third.written,
        'in s, with the server stopped': third.seconds,
        'rows at the end': third.rows,
        'of these notifications': await arrived(),
      })
    },
    SCENE_MS,
  )
}

const secondsSince = (from: number): number => Math.round((performance.now() - from) / 100) / 10

const numberOf = (text = ''): number => Number(text.replaceAll(',', ''))

/** What the command says of itself: rows that are there now, of all tables, and rows that it wrote. */
function countsOf(stdout: string): { rows: number; written: number } {
  const tables = [...stdout.matchAll(/^\w+ +[\d,]+ +([\d,]+) +\w+ +equal/gm)]
  const [, written] = /([\d,]+) rows written/.exec(stdout) ?? []
  return { rows: tables.reduce((sum, [, copied]) => sum + numberOf(copied), 0), written: numberOf(written) }
}

/** Every row of every table, as text that two engines can be compared by; counters are judged on the way. */
async function readAll(dataDir: string, databaseUrl: string | null = null) {
  const database = await openAppDatabase({ dataDir, databaseUrl })
  try {
    expect(await wrongCounters(engineTables(database.db))).toEqual([])
    return {
      epoch: JSON.stringify(await database.db.selectFrom('installation').selectAll().execute()),
      users: lines(await database.db.selectFrom('users').selectAll().execute()),
      goals: lines(await database.db.selectFrom('goals').selectAll().execute()),
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

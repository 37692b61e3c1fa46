/** Jobs: each run done once, by whichever process; late rather than never; at the hour that people mean. */
import { CSRF_HEADER } from '@pms/contract'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Job } from '../src/jobs/job.ts'
import { takeLease } from '../src/jobs/leases.ts'
import { createScheduler, type Scheduler } from '../src/jobs/scheduler.ts'
import { createTestClock, startServer, type TestServer } from '../src/testing/index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** For what tells nobody that it happened. */
const PATIENT = { interval: 5, timeout: 10_000 }

let server: TestServer
let clock: ReturnType<typeof createTestClock>
let schedulers: Scheduler[]
/** What went wrong in jobs, by their names. */
let errors: [string, unknown][]

/** Midnight in UTC has passed nine hours ago. */
beforeEach(async () => {
  clock = createTestClock('2027-03-01T09:00:00.000Z')
  server = await startServer({ clock })
  schedulers = []
  errors = []
  return async () => {
    await Promise.all(schedulers.map(scheduler => scheduler.stop()))
    await server.close()
  }
})

/** One process's scheduler; all of a test share its database. */
function scheduler(jobs: Job[], options: Partial<Options> = {}) {
  const made = createScheduler({
    database: server.app.database,
    jobs,
    timeZone: 'UTC',
    clock,
    every: () => () => {},
    ...options,
    onError: (error, job) => errors.push([job, error]),
  })
  schedulers.push(made)
  return made
}
type Options = Pick<
  Required<Parameters<typeof createScheduler>[0]>,
  'timeZone' | 'every' | 'clock' | 'database'
>

/** A job that only keeps when it ran. */
function counting(schedule: string, name = 'count') {
  const runs: string[] = []
  return { name, schedule, runs, run: async (now: Date) => void runs.push(now.toISOString()) }
}

/** A job whose runs go on until they are told to end. */
function lasting(name = 'last') {
  const runs: { end: PromiseWithResolvers<void>; signal: AbortSignal }[] = []
  const begun = Promise.withResolvers<void>()
  return {
    name,
    schedule: '0 0 * * *',
    runs,
    /** The first run is under way. */
    begun: begun.promise,
    run(_now: Date, signal: AbortSignal) {
      const end = Promise.withResolvers<void>()
      runs.push({ end, signal })
      begun.resolve()
      return end.promise
    },
  }
}

const lease = (name: string) =>
  server.app.database.db
    .selectFrom('job_leases')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirstOrThrow()

describe('a job', () => {
  test('runs once for each time it falls due', async () => {
    const job = counting('0 0 * * *')
    const { tick } = scheduler([job])
    for (const ms of [0, MINUTE, 14 * HOUR, 58 * MINUTE, MINUTE, 0, HOUR]) {
      clock.advance(ms)
      await tick()
    }
    expect(job.runs).toEqual(['2027-03-01T09:00:00.000Z', '2027-03-02T00:00:00.000Z'])
  })

  test('that was missed for a week runs once, and then at its time again', async () => {
    const job = counting('0 0 * * *')
    await scheduler([job]).tick()
    clock.advance(7 * DAY)
    const afterwards = scheduler([job])
    for (const ms of [0, MINUTE, 14 * HOUR, HOUR]) {
      clock.advance(ms)
      await afterwards.tick()
    }
    expect(job.runs.slice(1)).toEqual(['2027-03-08T09:00:00.000Z', '2027-03-09T00:01:00.000Z'])
  })

  test('that fails is logged, stops no other, and is tried again', async () => {
    const other = counting('0 0 * * *', 'other')
    let isBroken = true
    const runs: string[] = []
    const broken: Job = {
      name: 'broken',
      schedule: '0 0 * * *',
      async run(now) {
        runs.push(now.toISOString())
        if (isBroken) throw new Error('No')
      },
    }
    const { tick } = scheduler([broken, other])
    await tick()
    expect(errors).toEqual([['broken', new Error('No')]])
    expect(other.runs).toHaveLength(1)
    isBroken = false
    clock.advance(MINUTE)
    await tick()
    await tick()
    expect(runs).toEqual(['2027-03-01T09:00:00.000Z', '2027-03-01T09:01:00.000Z'])
    expect(other.runs).toHaveLength(1)
  })

  test('is run when asked for, due or not, and says what went wrong', async () => {
    const job = counting('0 0 * * *')
    const broken: Job = { name: 'broken', schedule: '0 0 * * *', run: () => Promise.reject(new Error('No')) }
    const { run } = scheduler([job, broken])
    expect([await run('count'), await run('count')]).toEqual([true, true])
    expect(job.runs).toHaveLength(2)
    await expect(run('broken')).rejects.toThrow('No')
    await expect(run('nothing')).rejects.toThrow('There is no job nothing')
  })

  test('has a name of its own', () => {
    expect(() => scheduler([counting('* * * * *'), counting('0 0 * * *')])).toThrow('Two jobs have one name')
  })
})

describe('at the hour that people mean', () => {
  /** Looks every quarter of an hour of a day and says when the job ran. */
  async function runsOf(schedule: string, from: string, hours: number): Promise<string[]> {
    clock.advance(Date.parse(from) - clock().getTime())
    const job = counting(schedule)
    const { tick } = scheduler([job], { timeZone: 'Europe/Berlin' })
    for (let quarters = 0; quarters <= hours * 4; quarters++) {
      await tick()
      clock.advance(15 * MINUTE)
    }
    // The first look makes up for the day before.
    return job.runs.slice(1)
  }

  test('midnight moves in UTC when clocks change', async () => {
    expect(await runsOf('0 0 * * *', '2027-03-27T12:00:00.000Z', 48)).toEqual([
      '2027-03-27T23:00:00.000Z',
      '2027-03-28T22:00:00.000Z',
    ])
    expect(await runsOf('0 0 * * *', '2027-10-30T12:00:00.000Z', 48)).toEqual([
      '2027-10-30T22:00:00.000Z',
      '2027-10-31T23:00:00.000Z',
    ])
  })

  test('an hour that is left out is made up for after it; one that comes twice is one', async () => {
    expect(await runsOf('30 2 * * *', '2027-03-27T12:00:00.000Z', 24)).toEqual(['2027-03-28T01:00:00.000Z'])
    expect(await runsOf('30 2 * * *', '2027-10-30T12:00:00.000Z', 24)).toEqual(['2027-10-31T00:30:00.000Z'])
  })
})

describe('several processes', () => {
  test('that look at the same moment run each job once', async () => {
    const jobs = ['a', 'b', 'c'].map(name => counting('0 * * * *', name))
    const all = [scheduler(jobs), scheduler(jobs), scheduler(jobs)]
    for (let hour = 0; hour < 3; hour++) {
      await Promise.all(all.map(({ tick }) => tick()))
      clock.advance(HOUR)
    }
    for (const { runs } of jobs) expect(runs).toHaveLength(3)
  })

  test('leave a job to the one that is at it, for as long as that shows signs of life', async () => {
    const job = lasting()
    const renewals: (() => void)[] = []
    const busy = scheduler([job], {
      every: (_ms, call) => {
        renewals.push(call)
        return () => {}
      },
    })
    const ticking = busy.tick()
    await job.begun
    const other = scheduler([job])
    for (let second = 0; second < 30; second += 5) {
      await other.tick()
      expect(await other.run('last')).toBe(false)
      clock.advance(5_000)
      const until = new Date(clock().getTime() + 6_000).toISOString()
      for (const renew of renewals) renew()
      await expect.poll(async () => (await lease('last')).until, PATIENT).toBe(until)
    }
    job.runs[0]?.end.resolve()
    await ticking
    await other.tick()
    expect(job.runs).toHaveLength(1)
    expect(await lease('last')).toMatchObject({ holder: null, last_run_at: '2027-03-01T09:00:00.000Z' })
  })

  test('take a job over from one that died at it, which learns of it when it was only asleep', async () => {
    const job = lasting()
    const renewals: (() => void)[] = []
    const dead = scheduler([job], {
      every: (_ms, call) => {
        renewals.push(call)
        return () => {}
      },
    })
    const deadTick = dead.tick()
    await job.begun
    const heir = scheduler([job])
    clock.advance(5_999)
    await heir.tick()
    expect(job.runs).toHaveLength(1)
    clock.advance(1)
    const heirTick = heir.tick()
    await expect.poll(() => job.runs.length, PATIENT).toBe(2)

    for (const renew of renewals) renew()
    const [first, second] = job.runs
    await expect.poll(() => first?.signal.aborted, PATIENT).toBe(true)
    first?.end.resolve()
    await deadTick
    expect((await lease('last')).until).toBe('2027-03-01T09:00:12.000Z')
    expect(second?.signal.aborted).toBe(false)
    second?.end.resolve()
    await heirTick
    expect(await lease('last')).toMatchObject({ holder: null, last_run_at: '2027-03-01T09:00:06.000Z' })
    expect(errors).toEqual([])
  })

  test('go by the clock of the database: one whose own is wrong neither runs early nor takes over from the living', async () => {
    const job = lasting()
    const busy = scheduler([job])
    const ticking = busy.tick()
    await job.begun
    const wrongBy = 10 * MINUTE
    const { database } = server.app
    const hasty = scheduler([job], {
      clock: () => new Date(clock().getTime() + wrongBy),
      // Beside a clock that is ahead, that of the database is behind.
      database: { ...database, about: { ...database.about, now: async () => Date.now() - wrongBy } },
    })
    // Two real clocks are compared: to the millisecond they agree only where nothing comes between.
    clock.advance(5_500)
    await hasty.tick()
    expect(job.runs).toHaveLength(1)
    job.runs[0]?.end.resolve()
    await ticking
    clock.advance(14 * HOUR + 55 * MINUTE)
    await hasty.tick()
    expect(job.runs).toHaveLength(1)
    clock.advance(5 * MINUTE)
    const next = hasty.tick()
    await expect.poll(() => job.runs.length, PATIENT).toBe(2)
    job.runs[1]?.end.resolve()
    await next
    expect((await lease('last')).last_run_at).toMatch(/^2027-03-02T00:00:0[56]/)
  })

  test('that was asleep and woke too late to notice ends nothing that is another one’s by then', async () => {
    const job = lasting()
    const asleep = scheduler([job])
    const firstTick = asleep.tick()
    await job.begun
    clock.advance(6_000)
    const heir = scheduler([job])
    const heirTick = heir.tick()
    await expect.poll(() => job.runs.length, PATIENT).toBe(2)
    const held = await lease('last')
    job.runs[0]?.end.resolve()
    await firstTick
    expect(await lease('last')).toEqual(held)
    job.runs[1]?.end.resolve()
    await heirTick
    expect((await lease('last')).last_run_at).toBe('2027-03-01T09:00:06.000Z')
  })

  test('that saw a job due before another ran it, and comes for it after, finds it done', async () => {
    const { database } = server.app
    await scheduler([counting('0 0 * * *')]).tick()
    const now = clock().toISOString()
    const mine = { name: 'count', holder: 'late', until: '2027-03-01T09:00:06.000Z' }
    expect(await takeLease(database, mine, now, '2027-03-01T00:00:00.000Z')).toBe(false)
    expect(await takeLease(database, mine, now, '2027-03-01T09:00:00.001Z')).toBe(true)
  })
})

describe('a nudge', () => {
  test('runs a job that is not due', async () => {
    const job = counting('0 0 * * *')
    const { nudge, tick } = scheduler([job])
    await tick()
    nudge('count')
    await tick()
    expect(job.runs).toHaveLength(2)
  })

  test('while it runs makes it run once more', async () => {
    const job = lasting()
    const { nudge, tick } = scheduler([job])
    const ticking = tick()
    await job.begun
    for (let n = 0; n < 3; n++) nudge('last')
    job.runs[0]?.end.resolve()
    await expect.poll(() => job.runs.length, PATIENT).toBe(2)
    job.runs[1]?.end.resolve()
    await ticking
    expect(job.runs).toHaveLength(2)
  })

  test('is not forgotten while another process has the job', async () => {
    const job = lasting()
    const other = scheduler([job])
    const ticking = other.tick()
    await job.begun
    const mine = scheduler([job])
    mine.nudge('last')
    await mine.tick()
    expect(job.runs).toHaveLength(1)
    job.runs[0]?.end.resolve()
    await ticking
    const again = mine.tick()
    await expect.poll(() => job.runs.length, PATIENT).toBe(2)
    job.runs[1]?.end.resolve()
    await again
  })
})

describe('a stop', () => {
  test('waits for what runs, which is told; what it left undone is due at the next start', async () => {
    const job = lasting()
    const { tick, stop, run } = scheduler([job])
    const ticking = tick()
    await job.begun
    let isStopped = false
    const stopped = stop().then(() => {
      isStopped = true
    })
    expect(job.runs[0]?.signal.aborted).toBe(true)
    await server.app.database.db.selectFrom('job_leases').selectAll().execute()
    expect(isStopped).toBe(false)
    job.runs[0]?.end.resolve()
    await stopped
    await ticking
    expect(await run('last')).toBe(false)

    const again = scheduler([job])
    const next = again.tick()
    await expect.poll(() => job.runs.length, PATIENT).toBe(2)
    job.runs[1]?.end.resolve()
    await next
  })
})

test('nothing runs by itself in a server of a test; once started it makes up for what it missed', async () => {
  const leases = () => server.app.database.db.selectFrom('job_leases').selectAll().execute()
  await leases()
  expect(await leases()).toEqual([])
  server.app.jobs.start()
  await expect.poll(leases, PATIENT).toContainEqual({
    name: 'retention',
    holder: null,
    until: null,
    last_run_at: '2027-03-01T09:00:00.000Z',
  })
})

test('by night what has ended is taken away, and what is alive stays', async () => {
  const { db } = server.app.database
  const { john, jane } = await server.addOrganisation()
  const over = await server.as(john)
  const kept = await server.as(jane)
  await over.post('/api/notifications/ws-ticket')
  const left = await over.post('/api/auth/logout', undefined, {
    headers: { [CSRF_HEADER.name]: CSRF_HEADER.value },
  })
  expect(left.status).toBe(200)

  await server.app.jobs.tick()
  expect(await db.selectFrom('sessions').select('user_id').execute()).toEqual([{ user_id: jane.id }])
  expect(await db.selectFrom('ws_tickets').selectAll().execute()).toHaveLength(1)
  expect((await kept.get('/api/auth/me')).status).toBe(200)

  clock.advance(31 * DAY)
  await server.app.jobs.tick()
  expect(await db.selectFrom('sessions').selectAll().execute()).toEqual([])
  expect(await db.selectFrom('ws_tickets').selectAll().execute()).toEqual([])
})

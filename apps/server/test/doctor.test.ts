/** The doctor says that a healthy installation is well, and of each thing that is broken what it is and what to do. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { freshDatabase } from '@pms/test-services/postgres'
import { sharedPostgres, sharedRedis } from '@pms/test-services/shared'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseFile } from '../src/database.ts'
import { checkClock } from '../src/operate/doctor/database.ts'
import { examine } from '../src/operate/doctor/doctor.ts'
import type { Finding } from '../src/operate/doctor/finding.ts'
import { startServer, type TestServer } from '../src/testing/index.ts'
import { createWorkplace } from './programs.ts'
import { openProxy, type Pass, wellSetUp } from './proxy.ts'

const SECRET = '0123456789abcdefghijklmnopqrstuvwxyz'

const place = createWorkplace()
let server: TestServer
let here: Record<string, string>

beforeAll(async () => {
  server = await startServer({ env: { TRUST_PROXY: '127.0.0.1' } })
  await server.addOrganisation()
  here = { DATA_DIR: server.dataDir }
})
afterAll(async () => {
  await server.close()
  await place.close()
})

const isWrong = ({ state }: Finding) => state === 'wrong'
const wrongs = (findings: readonly Finding[]) => findings.filter(isWrong).map(({ check }) => check)
const found = (findings: readonly Finding[], check: string) => findings.find(each => each.check === check)
/** An installation that is nowhere yet, with these variables. */
const examineNew = (variables: Record<string, string>) =>
  examine({ DATA_DIR: join(place.dir, 'new'), ...variables }, null)

test('an installation that is well is said to be, and nobody sees that it was looked at', async () => {
  const { db } = server.app.database
  const traces = async () => [
    await db.selectFrom('sessions').select('id').execute(),
    await db.selectFrom('audit').select('id').execute(),
    await db.selectFrom('inboxes').selectAll().execute(),
  ]
  const before = await traces()
  const findings = await examine(here, new URL(server.url))
  expect(findings.filter(({ state }) => state !== 'ok')).toEqual([])
  expect(found(findings, 'socket')?.found).toMatch(/It opens, greets and answers in \d+ ms/)
  expect(await traces()).toEqual(before)
})

test('the command prints a line for each thing, and ends with 1 when something is wrong', async () => {
  const well = await place.run('cli/pms.ts', ['doctor', '--url', server.url], here)
  expect(well).toMatchObject({ code: 0, stderr: '' })
  expect(well.stdout).toMatch(/^✓ socket: .*\n\nNothing is wrong\.\n$/m)

  const broken = { PORT: 'x', TIME_ZONE: 'Moon', JWT_SECRET: 'short', NODE_ENV: 'production' }
  const { code, stdout } = await place.run('cli/pms.ts', ['doctor', '--json'], broken)
  const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Finding[] }
  expect([code, ok]).toEqual([1, false])
  expect(findings.filter(isWrong).map(finding => finding.found)).toEqual([
    'PORT must be a whole number.',
    'JWT_SECRET must have at least 32 characters in production.',
    'TIME_ZONE must be an IANA name, such as Africa/Lagos.',
  ])
  expect(findings.every(finding => finding.state !== 'wrong' || finding.todo)).toBe(true)
})

describe('on the way to the server', () => {
  async function through(pass: Pass, at = server, variables = here): Promise<Finding[]> {
    const proxy = await openProxy(at.url, pass)
    try {
      return await examine(variables, new URL(proxy.url))
    } finally {
      proxy.close()
    }
  }

  test('a proxy that is well set up', async () => {
    const findings = await through(wellSetUp)
    expect(wrongs(findings)).toEqual([])
    expect(found(findings, 'address of callers')?.state).toBe('ok')
  })

  test.each<[string, string, RegExp, Pass]>([
    [
      'drops the upgrade',
      'socket',
      /answers 4\d\d: the upgrade is lost/,
      ({ upgrade: _, connection: __, ...headers }) => wellSetUp(headers),
    ],
    [
      'says of nobody who it is',
      'address of callers',
      /does not say whom it speaks for/,
      headers => ({ ...headers, 'x-forwarded-proto': 'http' }),
    ],
    [
      'passes on what callers say of themselves',
      'address of callers',
      /whoever calls can be somebody else/,
      headers => ({ ...wellSetUp(headers), ...headers }),
    ],
    [
      'says another scheme',
      'scheme',
      /people come by http, and the server sees https/i,
      headers => ({ ...wellSetUp(headers), 'x-forwarded-proto': 'https' }),
    ],
    [
      'calls the server by another name',
      'host',
      /is told that it is called inside/,
      headers => ({ ...wellSetUp(headers), host: 'inside:8000' }),
    ],
  ])('a proxy that %s', async (_, check, words, pass) => {
    const findings = await through(pass)
    expect(found(findings, check)).toMatchObject({ state: 'wrong', found: expect.stringMatching(words) })
  })

  test('a name that is not the server’s own keeps pages from the socket', async () => {
    const findings = await through(headers => ({ ...wellSetUp(headers), host: 'inside:8000' }))
    expect(found(findings, 'socket')).toMatchObject({
      state: 'wrong',
      todo: expect.stringContaining('CORS_ALLOWED'),
    })
  })

  test('a proxy that the server does not believe', async () => {
    await using wary = await startServer()
    await wary.addOrganisation()
    const findings = await through(wellSetUp, wary, { DATA_DIR: wary.dataDir })
    expect(found(findings, 'address of callers')).toMatchObject({
      state: 'wrong',
      todo: 'Set TRUST_PROXY=127.0.0.1 on the server.',
    })
  })

  test('another secret, and another port', async () => {
    const stranger = await examine({ ...here, JWT_SECRET: SECRET }, new URL(server.url))
    expect(found(stranger, 'same installation')?.found).toContain('does not accept a token')
    const proxy = await openProxy(server.url, wellSetUp)
    proxy.close()
    const nobody = await examine(here, new URL(proxy.url))
    expect(found(nobody, 'address')).toMatchObject({
      state: 'wrong',
      todo: expect.stringContaining('is the port right'),
    })
  })
})

describe('below the server', () => {
  test('a folder that cannot be made, and one that everybody can read', async () => {
    const nowhere = await examine({ DATA_DIR: '/dev/null/pms' }, null)
    expect(found(nowhere, 'data folder')?.found).toContain('cannot be made in /dev/null')
    const open = join(place.dir, 'open')
    mkdirSync(open)
    chmodSync(open, 0o755)
    expect(found(await examine({ DATA_DIR: open }, null), 'data folder')?.todo).toBe(
      `Close it: chmod 700 ${open}`,
    )
  })

  test('a file that is no database', async () => {
    const dataDir = join(place.dir, 'damaged')
    mkdirSync(dataDir, { mode: 0o700 })
    writeFileSync(databaseFile(dataDir), 'This was a database once.'.repeat(100))
    const findings = await examine({ DATA_DIR: dataDir }, null)
    expect(found(findings, 'database')).toMatchObject({
      state: 'wrong',
      found: expect.stringContaining('file is not a database'),
      todo: expect.stringContaining('restore a backup'),
    })
  })

  test('PostgreSQL that is empty, that is not there, and that knows no such database', async () => {
    const { url, drop } = await freshDatabase(sharedPostgres())
    const empty = await examineNew({ DATABASE_URL: url })
    expect(wrongs(empty)).toEqual(['tables'])
    expect(found(empty, 'database clock')?.state).toBe('ok')
    expect(found(empty, 'connections')?.found).toMatch(/enough for \d+ servers/)
    await place.run('cli/pms.ts', ['migrate'], { DATABASE_URL: url })
    expect(wrongs(await examineNew({ DATABASE_URL: url }))).toEqual([])
    await drop()
    const gone = await examineNew({ DATABASE_URL: url })
    expect(found(gone, 'database')?.found).toMatch(/refuses: database ".*" does not exist/)
    const away = await examineNew({ DATABASE_URL: 'postgres://pms:hush@127.0.0.1:9/pms' })
    expect(found(away, 'database')).toMatchObject({
      state: 'wrong',
      found: expect.stringContaining('ECONNREFUSED'),
    })
    expect(JSON.stringify(away)).not.toContain('hush')
  })

  test('Redis that answers, and one that does not', async () => {
    const { url, drop } = await freshDatabase(sharedPostgres())
    const shared = { DATABASE_URL: url, JWT_SECRET: SECRET }
    const well = await examineNew({ ...shared, REDIS_URL: sharedRedis() })
    expect(found(well, 'bus')?.found).toMatch(/brings what is said in \d+ ms/)
    const away = await examineNew({ ...shared, REDIS_URL: 'redis://:hush@127.0.0.1:9' })
    expect(found(away, 'bus')).toMatchObject({
      state: 'wrong',
      found: expect.stringContaining('ECONNREFUSED'),
    })
    expect(JSON.stringify(away)).not.toContain('hush')
    await drop()
  })

  test('a secret that can be guessed', async () => {
    const secretOf = async (JWT_SECRET: string) => found(await examineNew({ JWT_SECRET }), 'signing secret')
    expect((await secretOf('hunter2'))?.found).toContain('has 7 characters')
    expect((await secretOf('ab'.repeat(20)))?.found).toContain('repeats few characters')
    expect((await secretOf(SECRET))?.found).toMatch(/fingerprint is [0-9a-f]{8},/)
    expect(await secretOf(SECRET)).toEqual(await secretOf(SECRET))
    expect(await secretOf(SECRET)).not.toEqual(await secretOf(`${SECRET}.`))
  })

  test('clocks that differ', () => {
    expect(checkClock('clock', 'PostgreSQL', 300).state).toBe('ok')
    expect(checkClock('clock', 'PostgreSQL', -61_000).found).toMatch(
      /^The clock of PostgreSQL is 61\.0 s behind/,
    )
  })

  test('few open files', async () => {
    const program = fileURLToPath(new URL('../src/cli/pms.ts', import.meta.url))
    const shell = spawn('sh', ['-c', `ulimit -n 256; exec ${process.execPath} ${program} doctor`], {
      env: { DATA_DIR: join(place.dir, 'new'), PATH: process.env.PATH },
      cwd: place.dir,
    })
    const [output, [code]] = await Promise.all([text(shell.stdout), once(shell, 'close')])
    expect(code).toBe(1)
    expect(output).toContain('✗ open files: A process may have 256 files open')
  })
})

import type { TokenResponse } from '@pms/contract'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../src/testing/index.ts'
import { createWorkplace } from './programs.ts'

const place = createWorkplace()
let server: TestServer

// The command line is used beside a server that runs on the same data.
beforeAll(async () => {
  server = await startServer({ dataDir: place.dataDir })
  await server.addOrganisation()
})
afterAll(async () => {
  await server.close()
  await place.close()
})

const pms = (...args: string[]) => place.run('cli/pms.ts', args)

describe('pms token', () => {
  test('prints a token for 24 hours and nothing else', async () => {
    const { code, stdout } = await pms('token', 'John.Doe@example.test')
    expect(code).toBe(0)
    const token = stdout.trim()
    const { exp = 0, iat = 0 } = decodeJwt(token)
    expect(exp - iat).toBe(24 * 60 * 60)
    expect((await server.rest(token).get('/api/auth/me')).body.name).toBe('John Doe')
  })

  test('for nobody is refused', async () => {
    expect(await pms('token', 'nobody@example.test')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'There is no user with the email nobody@example.test.\n',
    })
    expect((await pms('token')).code).toBe(1)
  })
})

describe('pms user link', () => {
  test('prints a link by which somebody sets another password', async () => {
    const { code, stdout } = await pms('user', 'link', 'John.Doe@example.test')
    expect(code).toBe(0)
    const [, token = ''] = /^\/welcome\?token=(\S+)$/m.exec(stdout) ?? []
    const set = await server.rest().post('/api/auth/onboarding', { token, password: 'another horse' })
    expect(set.status).toBe(200)
  })

  test('for nobody is refused', async () => {
    expect(await pms('user', 'link', 'nobody@example.test')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'There is no user with the email nobody@example.test.\n',
    })
  })
})

describe('pms user create', () => {
  const signIn = (email: string, password: string) =>
    server.rest().post<TokenResponse>('/api/auth/login', { email, password })

  test('adds somebody who can sign in, with a password made for them', async () => {
    const { code, stdout } = await pms(
      ...['user', 'create', '--name', 'New Hire', '--email', 'new.hire@example.test'],
      ...['--supervisor', 'jane.smith@example.test', '--role', 'hr', '--job-title', 'Officer'],
    )
    expect(code).toBe(0)
    const [, password = ''] = /^Password: (\S{16})$/m.exec(stdout) ?? []
    const { body } = await signIn('new.hire@example.test', password)
    expect(body.user).toMatchObject({ role: 'hr', job_title: 'Officer', supervisor: { name: 'Jane Smith' } })
  })

  test('does not repeat a password that was given', async () => {
    const password = 'given by somebody'
    const { stdout } = await pms(
      ...['user', 'create', '--name', 'A B', '--email', 'a.b@example.test', '--password', password],
    )
    expect(stdout).toBe('Added A B <a.b@example.test>, staff.\n')
    expect((await signIn('a.b@example.test', password)).status).toBe(200)
  })

  test.each([
    ['a taken email', ['--name', 'X', '--email', 'john.doe@example.test'], 'already'],
    ['no name', ['--email', 'x@example.test'], '--name NAME --email EMAIL'],
    [
      'a role there is not',
      ['--name', 'X', '--email', 'x@example.test', '--role', 'boss'],
      '--role must be one of',
    ],
    ['a short password', ['--name', 'X', '--email', 'x@example.test', '--password', 'short'], 'at least 10'],
    ['a unit there is not', ['--name', 'X', '--email', 'x@example.test', '--unit', 'Moon'], 'no unit'],
    [
      'a supervisor there is not',
      ['--name', 'X', '--email', 'x@example.test', '--supervisor', 'y@x'],
      'no user',
    ],
    ['an option there is not', ['--nme', 'X'], "Unknown option '--nme'"],
  ])('%s is refused in a sentence', async (_, args, words) => {
    const { code, stdout, stderr } = await pms('user', 'create', ...args)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(words)
    expect(stderr).not.toContain('    at ')
  })
})

test('pms migrate', async () => {
  expect((await pms('migrate')).stdout).toContain('is up to date')
})

test('pms demo does not touch a database that has people', async () => {
  const { code, stderr } = await pms('demo')
  expect(code).toBe(1)
  expect(stderr).toContain('has people already')
})

test('help, and commands there are not', async () => {
  const { stdout } = await pms('help')
  for (const command of ['token EMAIL', 'backup FOLDER', 'restore FOLDER', 'copy ', 'doctor '])
    expect(stdout).toContain(`\n  ${command}`)
  expect((await pms()).code).toBe(0)
  const { code, stderr } = await pms('tokn')
  expect([code, stderr]).toEqual([1, expect.stringContaining('There is no command "tokn"')])
})

test('a wrong configuration is told in a sentence', async () => {
  const { code, stderr } = await place.run('cli/pms.ts', ['migrate'], { PORT: 'x' })
  expect([code, stderr]).toEqual([1, 'The configuration is not right:\n  PORT must be a whole number\n'])
})

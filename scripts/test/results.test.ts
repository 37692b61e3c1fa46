/** The account at the end of `npm test`: what counts as passed, what as failed, and its last line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { account, broken, ofCheck, ofPlaywright, ofVitest } from '../lib/results.mjs'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'results-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function report(content: object | string): string {
  const file = join(folder, `${performance.now()}.json`)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const vitest = (counts: object, testResults: object[] = []) =>
  report({
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    ...counts,
    testResults,
  })

const playwright = (stats: object, suites: object[] = [], errors: object[] = []) =>
  report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, suites, errors })

describe('Vitest', () => {
  test('counts tests, and names those that failed, and why', () => {
    const failed = {
      status: 'failed',
      fullName: 'adds up',
      failureMessages: ['Error: 1 is not \u001b[32m2\u001b[39m\n  at …'],
    }
    const file = vitest({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }, [
      { name: '/a.test.ts', status: 'failed', message: '', assertionResults: [failed, { status: 'passed' }] },
    ])
    expect(ofVitest(file, 1)).toEqual({
      passed: 5,
      failed: 1,
      skipped: 3,
      failures: [expect.stringMatching(/a\.test\.ts > adds up: Error: 1 is not 2$/)],
    })
  })

  test('a file that could not be loaded is a failure', () => {
    const file = vitest({ numPassedTests: 5 }, [
      { name: '/a.test.ts', status: 'failed', message: 'no such module\nat …', assertionResults: [] },
    ])
    expect(ofVitest(file, 1)).toMatchObject({
      passed: 5,
      failed: 1,
      failures: [expect.stringMatching(/no such module$/)],
    })
  })

  test('a bad end without a failed test is a failure', () => {
    expect(ofVitest(vitest({ numPassedTests: 5 }), 1)).toMatchObject({ passed: 5, failed: 1 })
    expect(ofVitest(vitest({ numPassedTests: 5 }), 0)).toMatchObject({ passed: 5, failed: 0 })
  })

  test('no report, half a report and no test are failures', () => {
    expect(ofVitest(join(folder, 'none.json'), 0)).toMatchObject({ passed: 0, failed: 1 })
    expect(ofVitest(report('{"numPassed'), 0)).toMatchObject({ passed: 0, failed: 1 })
    expect(ofVitest(vitest({}), 0)).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('Playwright', () => {
  test('counts specs, and names those that failed, however deep, and why', () => {
    const tests = [{ results: [{ error: { message: 'still unread\nat …' } }] }]
    const specs = [{ ok: false, title: 'read in one', tests }]
    const inner = { title: 'two tabs', file: 'bell.spec.ts', specs }
    const suite = {
      title: 'bell',
      file: 'bell.spec.ts',
      specs: [{ ok: true, title: 'rings' }],
      suites: [inner],
    }
    expect(ofPlaywright(playwright({ expected: 3, unexpected: 1, skipped: 1 }, [suite]), 1)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 1,
      failures: ['bell.spec.ts > read in one: still unread'],
    })
  })

  test('an error outside of any spec is a failure', () => {
    const file = playwright({ expected: 3 }, [], [{ message: 'no browser\nat …' }])
    expect(ofPlaywright(file, 1)).toMatchObject({ passed: 3, failed: 1, failures: ['no browser'] })
  })

  test('no report and no spec are failures', () => {
    expect(ofPlaywright(join(folder, 'none.json'), 0)).toMatchObject({ passed: 0, failed: 1 })
    expect(ofPlaywright(playwright({}), 0)).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('the account', () => {
  const results = [
    { name: 'lint', seconds: 1, ...ofCheck(0) },
    { name: 'types', seconds: 2, ...ofCheck(2) },
    { name: 'unit', seconds: 3, passed: 10, failed: 0, skipped: 0, failures: [] },
  ]

  test('ends with the sum in plain words', () => {
    const { failed, text } = account(results)
    expect(failed).toBe(1)
    expect(text.split('\n').at(-1)).toBe('11 passed, 1 failed')
  })

  test('names what was skipped only when something was', () => {
    const skipped = { name: 'browser', seconds: 1, passed: 1, failed: 0, skipped: 2, failures: [] }
    expect(
      account([...results, skipped])
        .text.split('\n')
        .at(-1),
    ).toBe('12 passed, 1 failed, 2 skipped')
  })

  test('says why a part could not be run', () => {
    const { failed, text } = account([{ name: 'browser', seconds: 0, ...broken('there is no browser') }])
    expect(failed).toBe(1)
    expect(text).toContain('there is no browser')
  })
})

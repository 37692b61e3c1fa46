// @ts-check
// What came of each part of a test run, and the account of all of them that ends it. The runners are asked for JSON
// beside what they print for people; a runner that leaves none, or ends badly without naming a failure, has failed.
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root } from './paths.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Counts */
/** @typedef {Counts & { name: string, seconds: number }} Result */

/** A check has one result. @param {number} code @returns {Counts} */
export function ofCheck(code) {
  return code === 0 ? counts({ passed: 1 }) : counts({ failed: 1 })
}

/** @param {string} file Vitest's JSON report @param {number} code @returns {Counts} */
export function ofVitest(file, code) {
  const report = read(file)
  if (!report) return crashed(code)
  const found = counts({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  })
  for (const { name, status, message, assertionResults } of report.testResults) {
    const path = relative(root, name)
    const failed = assertionResults.filter(
      (/** @type {{ status: string }} */ test) => test.status === 'failed',
    )
    for (const { fullName, failureMessages } of failed)
      found.failures.push(`${path} > ${fullName}${reason(failureMessages?.[0])}`)
    // A file that could not be loaded has no test that could fail.
    if (status === 'failed' && failed.length === 0) {
      found.failed += 1
      found.failures.push(`${path}: ${String(message).split('\n')[0]}`)
    }
  }
  return withCode(found, code)
}

/** @param {string} file Playwright's JSON report @param {number} code @returns {Counts} */
export function ofPlaywright(file, code) {
  const report = read(file)
  if (!report) return crashed(code)
  const { expected, unexpected, flaky, skipped } = report.stats
  const found = counts({ passed: expected, failed: unexpected + flaky, skipped })
  for (const suite of report.suites) collectSpecs(suite, found.failures)
  for (const error of report.errors) {
    found.failed += 1
    found.failures.push(String(error.message).split('\n')[0] ?? '')
  }
  return withCode(found, code)
}

/** The account of a run: a line for each part, what failed, and last of all the sum. @param {Result[]} results */
export function account(results) {
  const lines = ['', 'Summary']
  for (const { name, seconds, failures, ...found } of results) {
    lines.push(`  ${name.padEnd(12)} ${sentence(found).padEnd(36)} ${seconds.toFixed(1).padStart(6)} s`)
    for (const failure of failures) lines.push(`      ${failure}`)
  }
  const sum = counts({})
  for (const { passed, failed, skipped } of results) {
    sum.passed += passed
    sum.failed += failed
    sum.skipped += skipped
  }
  return { failed: sum.failed, text: [...lines, '', sentence(sum)].join('\n') }
}

/** A part that could not be run to its end. @param {string} reason @returns {Counts} */
export function broken(reason) {
  return counts({ failed: 1, failures: [reason] })
}

/** @param {Partial<Counts>} some @returns {Counts} */
function counts(some) {
  return { passed: 0, failed: 0, skipped: 0, failures: [], ...some }
}

/** @param {number} code */
function crashed(code) {
  return broken(`ended with code ${code} and without a report`)
}

/** @param {Counts} found @param {number} code */
function withCode(found, code) {
  if (found.passed + found.failed === 0) return broken('ran no test')
  if (code === 0 || found.failed > 0) return found
  found.failed += 1
  found.failures.push(`ended with code ${code} though no test failed`)
  return found
}

/** @typedef {{ results: { error?: { message?: string } }[] }} Tried */
/** @typedef {{ ok: boolean, title: string, tests?: Tried[] }} Spec */
/** @typedef {{ title: string, file: string, specs: Spec[], suites?: Suite[] }} Suite */

/** @param {Suite} suite @param {string[]} failures */
function collectSpecs(suite, failures) {
  for (const { ok, title, tests } of suite.specs) {
    if (ok) continue
    const error = tests?.flatMap(({ results }) => results).find(result => result.error)?.error
    failures.push(`${suite.file} > ${title}${reason(error?.message)}`)
  }
  for (const inner of suite.suites ?? []) collectSpecs(inner, failures)
}

/** @param {Pick<Counts, 'passed' | 'failed' | 'skipped'>} found */
function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** Where only the end of a run is kept, it says enough. @param {string | undefined} message */
function reason(message) {
  const [first] = stripVTControlCharacters(message ?? '').split('\n')
  return first ? `: ${first}` : ''
}

/** @param {string} file */
function read(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  } catch {
    return undefined
  }
}

/** `npm start` and `npm run pms` as a newcomer runs them, by the real npm, in a small stand-in for a clone. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clone, makeClone } from './clone.ts'

let clone: Clone
beforeEach(() => {
  clone = makeClone()
})
afterEach(() => clone.dispose())

test('installs, builds and serves; started again unchanged it does neither, and after a change what is due', async () => {
  const first = clone.npm('start')
  await first.said(/listening/)
  expect(clone.counts()).toEqual({ installs: 1, builds: 1 })
  first.npm.kill('SIGTERM')
  await first.gone()

  const again = clone.npm('start')
  await again.said(/listening/)
  expect(clone.counts()).toEqual({ installs: 1, builds: 1 })
  again.npm.kill('SIGTERM')
  await again.gone()

  clone.write('apps/web/index.html', 'second')
  const rebuilt = clone.npm('start')
  await rebuilt.said(/listening/)
  expect(clone.counts()).toEqual({ installs: 1, builds: 2 })
  expect(clone.read('apps/web/dist/index.html')).toBe('second')
  rebuilt.npm.kill('SIGTERM')
  await rebuilt.gone()

  clone.write('package-lock.json', `${clone.read('package-lock.json')}\n`)
  await clone.npm('start').said(/listening/)
  expect(clone.counts()).toEqual({ installs: 2, builds: 3 })
})

test('of two starts at once in a fresh clone one sets up, and the other waits and says so', async () => {
  clone.write('hold', '')
  const first = clone.npm('start')
  await first.said(/Installing packages/)
  const second = clone.npm('start')
  await second.said(/is setting PMS up in this folder; waiting for it/)
  clone.remove('hold')
  await Promise.all([first.said(/listening/), second.said(/listening/)])
  expect(clone.counts()).toEqual({ installs: 1, builds: 1 })
})

test('a set-up that was killed is taken over', async () => {
  clone.write('hold', '')
  const first = clone.npm('start')
  await first.said(/Installing packages/)
  const second = clone.npm('start')
  const [, holder] = await second.said(/Process (\d+) is setting PMS up/)
  process.kill(Number(holder), 'SIGKILL')
  // What the killed one had started still works on the folder: the other goes on waiting until that has ended too.
  clone.remove('hold')
  await second.said(/listening/)
  expect(clone.counts().builds).toBe(1)
})

test.each(['SIGTERM', 'SIGKILL'] as const)('%s to npm ends the server, which stops cleanly', async signal => {
  const run = clone.npm('start')
  await run.said(/listening/)
  run.npm.kill(signal)
  await run.said(/stopped/)
  await run.gone()
})

test('npm ended while it installs leaves nothing running', async () => {
  clone.write('hold', '')
  const run = clone.npm('start')
  await run.said(/almost installed/)
  run.npm.kill('SIGKILL')
  await run.gone()
  expect(clone.counts().builds).toBe(0)
})

test('the command line prints what the command prints, and nothing of its own', async () => {
  const run = clone.npm('run', '--silent', 'pms', '--', 'token', 'john.doe@pms.test')
  await run.gone()
  expect(run.stdout()).toBe('token john.doe@pms.test\n')
  expect(clone.counts()).toEqual({ installs: 1, builds: 0 })
})

/** Several programs on one data directory: they take turns, and two servers never share one. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createWorkplace } from './programs.ts'

let place: ReturnType<typeof createWorkplace>
beforeEach(() => {
  place = createWorkplace()
})
afterEach(() => place.close())

const server = { PORT: '0', DEMO: '0' }

it('is made by whichever program comes first, however many come at once', async () => {
  const migrations = [1, 2, 3].map(() => place.run('cli/pms.ts', ['migrate']))
  for (const { code, stderr } of await Promise.all(migrations)) {
    expect(stderr).toBe('')
    expect(code).toBe(0)
  }
})

it('belongs to one server; the next one has it the moment that one is killed', async () => {
  const first = place.start('main.ts', [], server)
  await first.printed(/PMS is ready/)
  const second = await place.run('main.ts', [], server)
  expect(second.code).toBe(1)
  expect(second.stderr).toContain('Another server runs on')

  first.signal('SIGKILL')
  await first.ended
  await place.start('main.ts', [], server).printed(/PMS is ready/)
})

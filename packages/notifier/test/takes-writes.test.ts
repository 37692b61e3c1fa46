/** Whether an SQLite database can be changed: not when its file was taken away under it, which nothing else would say. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { memoryBus } from '../src/bus/memory.ts'
import { openDatabase } from '../src/database/database.ts'
import { sqlite } from '../src/database/sqlite.ts'

test.each([true, false])('a file that is there: %s', async isThere => {
  const folder = mkdtempSync(join(tmpdir(), 'writes-'))
  const database = await openDatabase({ engine: sqlite(join(folder, 'test.sqlite')), bus: memoryBus() })
  if (!isThere) rmSync(join(folder, 'test.sqlite'))
  expect(await database.about.takesWrites()).toBe(isThere)
  await database.close()
  rmSync(folder, { recursive: true })
})

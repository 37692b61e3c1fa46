/** Restoring into a file: made ready aside and moved into place, after what was there was moved away. */
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { sqlite } from '@pms/notifier/database'
import { asideName } from './layout.ts'
import type { Restore } from './restored.ts'

/** The file, and what SQLite keeps beside it. */
const PARTS = ['', '-wal', '-shm']

export async function restoreSqlite({ place, file, isLivedIn, finish }: Restore): Promise<string | null> {
  const target = place.address
  const draft = await mkdtemp(join(dirname(target), 'restore-'))
  try {
    const ready = join(draft, basename(target))
    await copyFile(file, ready)
    await finish(() => sqlite(ready))
    const aside = join(dirname(target), asideName(new Date()))
    if (isLivedIn) await mkdir(aside, { mode: 0o700 })
    for (const part of PARTS) {
      const present = `${target}${part}`
      if (!existsSync(present)) continue
      if (isLivedIn) await rename(present, join(aside, basename(present)))
      else await rm(present)
    }
    await rename(ready, target)
    return isLivedIn ? aside : null
  } finally {
    await rm(draft, { recursive: true })
  }
}

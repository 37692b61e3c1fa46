/** What lies in the folder of a backup, by name, size and checksum. Written last: a folder without it is none. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { StartError } from '../../start-error.ts'

const FORMAT = 1
const FILE = 'manifest.json'

export const Manifest = Type.Object({
  format: Type.Literal(FORMAT),
  made_at: Type.String(),
  engine: Type.Enum(['sqlite', 'postgres']),
  epoch: Type.String(),
  /** Which the database had seen. */
  migrations: Type.Array(Type.String()),
  /** How many each table has. */
  rows: Type.Record(Type.String(), Type.Integer()),
  /** Uploads that were removed while the backup was made, since nothing used them. */
  missing_attachments: Type.Array(Type.String()),
  /** By path within the folder. */
  files: Type.Record(Type.String(), Type.Object({ bytes: Type.Integer(), sha256: Type.String() })),
})
export type Manifest = Static<typeof Manifest>

const manifest = Compile(Manifest)

/** Adds what is to be known of these files, after they are safely on the disk. */
export async function writeManifest(
  folder: string,
  about: Omit<Manifest, 'format' | 'files'>,
  paths: readonly string[],
): Promise<Manifest> {
  const files: Manifest['files'] = {}
  for (const path of paths) {
    const handle = await open(join(folder, path), 'r+')
    await handle.sync().finally(() => handle.close())
    files[path] = await measure(join(folder, path))
  }
  const whole: Manifest = { format: FORMAT, ...about, files }
  await writeFile(join(folder, FILE), `${JSON.stringify(whole, null, 2)}\n`, { mode: 0o600, flush: true })
  return whole
}

/**
 * What a backup says of itself, once every file of it has been found to be what it was.
 * @throws {StartError}
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => {
    throw new StartError(`There is no backup in ${folder}: it has no ${FILE}.`)
  })
  const content = parse(text)
  if (!manifest.Check(content))
    throw new StartError(`${join(folder, FILE)} is not of a backup that this version can read.`)
  const wrong: string[] = []
  for (const [path, expected] of Object.entries(content.files)) {
    const found = await measure(join(folder, path)).catch(() => null)
    if (!found) wrong.push(`${path} is missing`)
    else if (found.sha256 !== expected.sha256) wrong.push(`${path} has changed since it was written`)
  }
  if (wrong.length > 0)
    throw new StartError(
      `The backup in ${folder} is damaged, and nothing was restored:\n  ${wrong.join('\n  ')}`,
    )
  return content
}

async function measure(path: string) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** `pms backup` and `pms restore` */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { backUp } from '../operate/backup/backup.ts'
import type { Manifest } from '../operate/backup/manifest.ts'
import { restore } from '../operate/backup/restore.ts'
import { StartError } from '../start-error.ts'

export async function backupCommand(args: string[]): Promise<string> {
  const { positionals } = parseArgs({ args, allowPositionals: true })
  const [folder] = positionals
  if (folder === undefined || positionals.length > 1)
    throw new StartError('Where to? npm run pms -- backup FOLDER')
  const config = readConfig(process.env)
  const manifest = await backUp(config, folder)
  const missing = manifest.missing_attachments.length
  return [
    `Backed up to ${resolve(folder)}: ${contentsOf(manifest)}, as of ${manifest.made_at}.`,
    ...(missing > 0
      ? [
          `${missing} attached files that the database knows are not in ${config.attachmentDir}: see missing_attachments ` +
            'in manifest.json. Is ATTACHMENT_DIR right?',
        ]
      : []),
    'It holds password hashes and the secret that signs tokens: keep it where only you can read it.\n',
  ].join('\n')
}

export async function restoreCommand(args: string[]): Promise<string> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { force: { type: 'boolean', default: false } },
  })
  const [folder] = positionals
  if (folder === undefined || positionals.length > 1)
    throw new StartError('What from? npm run pms -- restore FOLDER [--force]')
  const { manifest, into, aside } = await restore(readConfig(process.env), folder, values.force)
  return [
    `Restored into ${into}: ${contentsOf(manifest)}, as of ${manifest.made_at}.`,
    ...(aside === null ? [] : [`What was there before is in ${aside}: remove it when nobody needs it.`]),
    'Start the server. Pages that were open fetch afresh.\n',
  ].join('\n')
}

function contentsOf({ rows, files }: Manifest): string {
  const whole = new Intl.NumberFormat('en')
  const count = Object.values(rows).reduce((sum, rows) => sum + rows, 0)
  const attachments = Object.keys(files).filter(path => path.startsWith('attachments/')).length
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0)
  return `${whole.format(count)} rows, ${whole.format(attachments)} attached files, ${(bytes / 1_048_576).toFixed(1)} MB`
}

/** The machine: what it gives to a process, and the folders that the server writes into. */
import { randomUUID } from 'node:crypto'
import { access, constants, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Config } from '../../config.ts'
import { type Finding, ok, skipped, wordsOf, wrong } from './finding.ts'

/** A socket takes one, and so do a call, a connection to the database and a file. */
const LEAST_FILES = 4_096
const LEAST_SPACE = 1_073_741_824
const GB = 1_073_741_824

export async function checkMachine({ dataDir, attachmentDir, timeZone }: Config): Promise<Finding[]> {
  const findings = [await checkOpenFiles(), checkTime(timeZone)]
  findings.push(...(await checkFolder('data folder', 'DATA_DIR', resolve(dataDir))))
  if (resolve(attachmentDir) !== resolve(dataDir, 'attachments'))
    findings.push(...(await checkFolder('attachment folder', 'ATTACHMENT_DIR', resolve(attachmentDir))))
  return findings
}

async function checkOpenFiles(): Promise<Finding> {
  const check = 'open files'
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '')
  const [, limit] = /^Max open files +(\d+)/m.exec(limits) ?? []
  if (limit === undefined) return skipped(check, 'This system does not tell how many files may be open.')
  const found = `A process may have ${limit} files open; each socket takes one.`
  return Number(limit) >= LEAST_FILES
    ? ok(check, found)
    : wrong(
        check,
        found,
        'Raise the limit: LimitNOFILE=65536 in the systemd unit, or ulimit -n 65536 before the start.',
      )
}

function checkTime(timeZone: string): Finding {
  const now = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long', timeZone })
  return ok('time', `It is ${now.format(new Date())} in ${timeZone}, where dates end.`)
}

async function checkFolder(check: string, variable: string, folder: string): Promise<Finding[]> {
  const found = await stat(folder).catch(() => null)
  if (!found) return [await checkParent(check, variable, folder)]
  if (!found.isDirectory())
    return [wrong(check, `${folder} is not a folder.`, `Set ${variable} to another place.`)]
  const trial = join(folder, `doctor-${randomUUID()}`)
  try {
    await writeFile(trial, 'x', { mode: 0o600 })
    await rm(trial)
  } catch (error) {
    return [
      wrong(
        check,
        `Nothing can be written into ${folder}: ${wordsOf(error)}.`,
        `Make it the folder of the user that the server runs as: chown -R pms ${folder}`,
      ),
    ]
  }
  const { bavail, bsize } = await statfs(folder)
  const space = `${((bavail * bsize) / GB).toFixed(1)} GB are free in ${folder}.`
  return [
    found.mode & 0o007
      ? wrong(check, `Every user of this machine can look into ${folder}.`, `Close it: chmod 700 ${folder}`)
      : ok(check, `${folder} can be written to, and not read by everybody.`),
    bavail * bsize < LEAST_SPACE
      ? wrong('space', space, 'Make room, or move it to a larger disk.')
      : ok('space', space),
  ]
}

/** One that is not there is made by the server, if it may. */
async function checkParent(check: string, variable: string, folder: string): Promise<Finding> {
  let parent = dirname(folder)
  while (!(await stat(parent).catch(() => null)) && parent !== dirname(parent)) parent = dirname(parent)
  const isFolder = (await stat(parent)).isDirectory()
  const mayWrite = await access(parent, constants.W_OK).then(
    () => true,
    () => false,
  )
  return isFolder && mayWrite
    ? ok(check, `${folder} is not there yet; the server makes it when it starts.`)
    : wrong(
        check,
        `${folder} is not there, and cannot be made in ${parent}.`,
        `Make it and give it to the user that the server runs as, or set ${variable} to another place.`,
      )
}

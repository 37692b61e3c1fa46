/** A small stand-in for a fresh clone: the real scripts, an empty product, and npm with nothing to download. */
import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const scripts = fileURLToPath(new URL('..', import.meta.url))

/** Tells its process number, and says farewell when it is asked to end. */
const SERVER = `
console.log('listening ' + process.pid)
process.once('SIGTERM', () => { console.log('stopped'); process.exit(0) })
setInterval(() => {}, 1000)
`

/** Stands for Vite: notes that it built, and puts what it was given where it was told to. */
const VITE = `
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
const out = process.argv[process.argv.indexOf('--outDir') + 1]
appendFileSync('../../builds.log', 'built\\n')
mkdirSync(out, { recursive: true })
writeFileSync(out + '/index.html', readFileSync('index.html'))
`

/** Notes and says that npm installed; while a file \`hold\` lies in the clone, it does not come to an end. */
const AFTER_INSTALL = `
import { appendFileSync, existsSync, watch } from 'node:fs'
appendFileSync('installs.log', 'installed\\n')
console.log('almost installed')
const goOn = () => existsSync('hold') || process.exit(0)
watch('.', goOn)
goOn()
`

export type Clone = {
  readonly root: string
  write(path: string, text: string): void
  read(path: string): string
  remove(path: string): void
  /** How often npm installed and Vite built so far. */
  counts(): { installs: number; builds: number }
  /** Runs \`npm start\` (or another script) in the clone. */
  npm(...args: string[]): Started
  /** Ends what still runs and removes the clone. */
  dispose(): Promise<void>
}

export type Started = {
  readonly npm: ChildProcess
  /** Resolves when its output (both streams) matches; rejects when everything ended without. */
  said(pattern: RegExp): Promise<RegExpExecArray>
  stdout(): string
  /** Resolves when npm and everything under it is gone: none holds its output any longer. */
  gone(): Promise<void>
}

export function makeClone(): Clone {
  const root = mkdtempSync(join(tmpdir(), 'clone-'))
  const started: Started[] = []
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '')

  cpSync(join(scripts, 'lib'), join(root, 'scripts/lib'), { recursive: true })
  for (const name of ['start.mjs', 'pms.mjs']) cpSync(join(scripts, name), join(root, 'scripts', name))
  for (const [path, text] of Object.entries(product())) write(path, text)

  return {
    root,
    write,
    read,
    remove: path => rmSync(join(root, path), { recursive: true }),
    counts: () => ({ installs: lines(read('installs.log')), builds: lines(read('builds.log')) }),
    npm: (...args) => {
      const run = start(root, args)
      started.push(run)
      return run
    },
    dispose: async () => {
      for (const { npm } of started) npm.kill('SIGKILL')
      await Promise.all(started.map(run => run.gone()))
      rmSync(root, { recursive: true })
    },
  }
}

function product(): Record<string, string> {
  const vite = { name: 'vite', version: '1.0.0', type: 'module', bin: { vite: 'vite.js' } }
  const manifest = {
    name: 'clone',
    version: '1.0.0',
    private: true,
    type: 'module',
    workspaces: ['apps/*', 'packages/*'],
    engines: { node: '>=24.15' },
    scripts: {
      start: 'node scripts/start.mjs',
      pms: 'node scripts/pms.mjs',
      postinstall: 'node after-install.js',
    },
  }
  const workspaces = ['apps/contract', 'apps/web', 'packages/client', 'packages/protocol', 'packages/react']
  const files: Record<string, string> = {
    'package.json': JSON.stringify(manifest),
    'tsconfig.json': '{}',
    'after-install.js': AFTER_INSTALL,
    'apps/server/src/main.ts': SERVER,
    'apps/server/src/cli/pms.ts': 'console.log(process.argv.slice(2).join(" "))',
    'apps/web/index.html': 'first',
    'tools/vite/package.json': JSON.stringify(vite),
    'tools/vite/vite.js': VITE,
  }
  const packages: Record<string, object> = { '': { name: 'clone', version: '1.0.0' } }
  for (const path of workspaces) {
    const name = `@pms/${path.split('/')[1]}`
    const dependencies = path === 'apps/web' ? { vite: 'file:../../tools/vite' } : {}
    files[`${path}/package.json`] = JSON.stringify({ name, version: '1.0.0', dependencies })
    packages[path] = { name, version: '1.0.0', dependencies }
    packages[`node_modules/${name}`] = { resolved: path, link: true }
  }
  packages['tools/vite'] = { name: 'vite', version: '1.0.0', bin: vite.bin }
  packages['node_modules/vite'] = { resolved: 'tools/vite', link: true }
  files['package-lock.json'] = JSON.stringify({
    name: 'clone',
    version: '1.0.0',
    lockfileVersion: 3,
    packages,
  })
  return files
}

function start(root: string, args: readonly string[]): Started {
  const npm = spawn('npm', [...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const news = new EventEmitter()
  let all = ''
  let stdout = ''
  let hasEnded = false
  npm.stdout.on('data', chunk => {
    stdout += chunk
  })
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.on('data', chunk => {
      all += chunk
      news.emit('news')
    })
  }
  npm.once('close', () => {
    hasEnded = true
    news.emit('news')
  })
  return {
    npm,
    stdout: () => stdout,
    gone: async () => {
      while (!hasEnded) await once(news, 'news')
    },
    said: async pattern => {
      for (;;) {
        const match = pattern.exec(all)
        if (match) return match
        if (hasEnded) throw new Error(`ended without saying ${pattern}:\n${all}`)
        await once(news, 'news')
      }
    },
  }
}

function lines(text: string): number {
  return text.split('\n').length - 1
}

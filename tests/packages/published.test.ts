/**
 * The packages as others get them: built, packed, installed into a folder that knows nothing of this repository, and
 * used there by the programs in `consumer/`, by the examples, and by what docs/embedding.md says to write.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createInbox, type Inbox } from '../../packages/client/src/index.ts'
import { buildPackage, PACKAGES } from '../../scripts/build-packages/build.ts'

const call = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'published-'))
const consumer = join(folder, 'consumer')
const built = (name: string) => join(folder, name)
const tarball = (name: string) => join(folder, `pms-${name}-${versionOf(`@pms/${name}`)}.tgz`)

/** What the consumer has besides, in the versions that these packages are made with. */
const BESIDES = [
  ...['@hono/node-server', '@types/node', '@types/react', '@types/react-dom', 'hono', 'react', 'react-dom'],
  ...['fastify', 'typebox', 'vite'],
]

/** Applications of other domains, each a folder that is copied and started. */
const EXAMPLES = ['ticket-desk', 'parcel-counter']

/** On a machine that does ten things at once a build takes minutes. */
const BUSY = 300_000

const COMPILER_OPTIONS = {
  target: 'ES2024',
  jsx: 'react-jsx',
  lib: ['ES2024', 'DOM', 'DOM.Iterable'],
  module: 'NodeNext',
  strict: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  types: ['node', 'vite/client'],
}

beforeAll(async () => {
  for (const name of PACKAGES) await buildPackage(root, name, built(name))
  await call('npm', ['pack', ...PACKAGES.map(built), '--pack-destination', folder], { cwd: folder })
  mkdirSync(consumer)
  cpSync(join(root, 'tests/packages/consumer'), consumer, { recursive: true })
  for (const example of EXAMPLES) copyExample(example)
  writeEmbedding()
  const dependencies = Object.fromEntries([
    ...PACKAGES.map(name => [`@pms/${name}`, `file:${tarball(name)}`]),
    ...BESIDES.map(name => [name, versionOf(name)]),
  ])
  write('package.json', { name: 'consumer', private: true, type: 'module', dependencies })
  write('tsconfig.json', { compilerOptions: COMPILER_OPTIONS })
  const quick = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await call('npm', ['install', ...quick], { cwd: consumer })
}, BUSY)
afterAll(() => {
  for (const server of started) server.kill('SIGKILL')
  rmSync(folder, { recursive: true })
}, BUSY)

function write(file: string, content: object): void {
  writeFileSync(join(consumer, file), JSON.stringify(content))
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version
}

/** As its README says, but that all of them share what is installed. */
function copyExample(name: string): void {
  const from = join(root, 'examples', name)
  const isOwn = (path: string) => !path.includes('node_modules')
  cpSync(from, join(consumer, name), { recursive: true, filter: isOwn })
}

/** The files of the page: each block of code that begins with its name. */
function writeEmbedding(): void {
  const page = readFileSync(join(root, 'docs/embedding.md'), 'utf8')
  mkdirSync(join(consumer, 'embedding'))
  for (const [, code = '', name = ''] of page.matchAll(/```tsx?\n(\/\/ (\S+)\n.*?)```/gs))
    writeFileSync(join(consumer, 'embedding', name), code)
}

const started = new Set<ChildProcess>()

/** What runs in a folder, once it has said where it listens. */
async function start(name: string, program = 'server.ts') {
  const env = { ...process.env, PORT: '0', DATABASE: ':memory:' }
  const server = spawn(process.execPath, [program], {
    cwd: join(consumer, name),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.add(server)
  const gone = once(server, 'exit')
  const [said] = await Promise.race([once(server.stdout, 'data'), gone])
  const [port] = /(?<=\bport: |127\.0\.0\.1:)\d+/.exec(String(said)) ?? []
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.kill('SIGKILL')
      await gone
    },
  }
}

/** What comes before is no `notification` but a part of catching up. */
async function live(inbox: Inbox): Promise<void> {
  inbox.connect()
  const state = { loaded: true, connection: { status: 'live' } }
  await expect.poll(() => inbox.getSnapshot()).toMatchObject(state)
}

async function run(program: string): Promise<string> {
  const { stdout } = await call(process.execPath, [program], { cwd: consumer })
  return stdout
}

test.for(PACKAGES)('%s says of itself what is so', async name => {
  const { messages } = await publint({ pkgDir: built(name), strict: true })
  expect(messages).toEqual([])
})

test.for(PACKAGES)('the types of %s are found by all that can import it', async name => {
  const packed = createPackageFromTarballData(new Uint8Array(readFileSync(tarball(name))))
  const { problems, ...found } = (await checkPackage(packed, {
    excludeEntrypoints: [/\.css$/],
  })) as { types: unknown; problems?: { kind: string; resolutionKind?: string }[] }
  expect(found.types).toMatchObject({ kind: 'included' })
  // It is ESM only: neither `require` nor the resolution of Node 10 is meant to find it.
  const counted = problems?.filter(
    ({ resolutionKind }) => !['node10', 'node16-cjs'].includes(resolutionKind ?? ''),
  )
  expect(counted).toEqual([])
})

test(
  'programs that use them compile, down to the types of all that they use',
  async () => {
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const { stdout } = await call(process.execPath, [compiler, '-p', consumer]).catch(error => error)
    expect(stdout).toBe('')
  },
  BUSY,
)

test('the client runs in Node', async () => {
  expect(await run('client.ts')).toBe('closed')
})

test('the bell renders on a server, and brings its style sheets', async () => {
  expect(await run('bell.ts')).toMatch(/<button[^>]+aria-label="Notifications/)
  const styles = join(consumer, 'node_modules/@pms/react')
  const sheet = readFileSync(join(styles, 'styles.css'), 'utf8')
  const parts = [...sheet.matchAll(/@import "(.+)"/g)].map(([, path = '']) => path)
  expect(parts).not.toEqual([])
  for (const path of parts) expect(readFileSync(join(styles, path), 'utf8')).toContain('{')
})

test('the engine raises a notification', async () => {
  expect(JSON.parse(await run('engine.ts'))).toEqual({
    said: ['A parcel from Dan has arrived. /parcels/p1'],
    unread_count: 1,
    wrong: [],
    restart: 1012,
  })
})

test.for([
  ['ticket-desk', 'page.tsx', '/tickets', { from: 'bob', to: 'ann', subject: 'Printer on fire' }],
  ['parcel-counter', 'page.ts', '/api/parcels', { to: 'ann', from: 'Dan' }],
] as const)('the %s rings when it is followed in a folder of its own', async ([name, page, path, body]) => {
  const example = await start(name)
  const inbox = createInbox({ url: example.url, getToken: async () => 'ann' })
  try {
    const rang = new Promise(resolve => inbox.on('notification', resolve))
    await live(inbox)
    await fetch(example.url + path, { method: 'POST', body: JSON.stringify(body) })
    expect(await rang).toMatchObject({ notification: { message: expect.stringMatching(/fire|Dan/) } })
    expect(inbox.getSnapshot()).toMatchObject({ unreadCount: 1, connection: { status: 'live' } })
    expect(await inbox.markAllRead()).toMatchObject({ ok: true })
    await expect.poll(() => inbox.getSnapshot().unreadCount).toBe(0)
    expect(await (await fetch(`${example.url}/?as=ann`)).text()).toContain(page)
    expect((await fetch(`${example.url}/${page}`)).status).toBe(200)
  } finally {
    inbox.close()
    await example.stop()
  }
})

test.for(['server.ts', 'with-fastify.ts'])('what embedding.md says of %s rings', async program => {
  const server = await start('embedding', program)
  const inbox = createInbox({ url: server.url, getToken: async () => 'ann' })
  try {
    await live(inbox)
    // The routes of the tickets are shown for Node's own server alone.
    if (program !== 'server.ts') return
    const rang = new Promise(resolve => inbox.on('notification', resolve))
    const body = JSON.stringify({ subject: 'Printer on fire', owner: 'ann', by: 'Bob' })
    await fetch(`${server.url}/tickets`, { method: 'POST', body })
    expect(await rang).toMatchObject({
      notification: { message: "Bob has given you 'Printer on fire'.", needs_action: true },
    })
  } finally {
    inbox.close()
    await server.stop()
  }
})

test('the test that embedding.md says to write passes', async () => {
  const cwd = join(consumer, 'embedding')
  const env = { ...process.env, DATABASE: ':memory:' }
  const { stdout } = await call(process.execPath, ['--test', '--test-reporter=tap'], { cwd, env })
  expect(stdout).toMatch(/^# pass 1$/m)
})

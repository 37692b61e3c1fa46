/**
 * A client that shares no line with ours, made from docs/protocol.md: examples/inbox.py holds the same inbox as the
 * server, through commands, cuts and a restored database.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../../apps/server/src/testing/index.ts'
import { createGoal, inboxOf } from '../../apps/server/test/goal-calls.ts'
import { revoke } from '../../packages/notifier/src/index.ts'
import { openProxy } from '../faults/kit/proxy.ts'
import { addPair, type Pair } from './pair.ts'

const PYTHON = 'python3'
const PROGRAM = fileURLToPath(new URL('../../examples/inbox.py', import.meta.url))
const hasPython = spawnSync(PYTHON, ['--version']).status === 0

type Line = Record<string, unknown> | string

/** The program, and what it has printed. */
function startProgram(url: string, token: string) {
  const child: ChildProcess = spawn(PYTHON, [PROGRAM, url, token], { stdio: ['pipe', 'pipe', 'pipe'] })
  const lines: Line[] = []
  let complaint = ''
  child.stderr?.on('data', chunk => {
    complaint += chunk
  })
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', line => {
      lines.push(line.startsWith('{') ? JSON.parse(line) : line)
    })
  const exited = once(child, 'exit')
  return {
    lines,
    exited,
    say: (line: string) => child.stdin?.write(`${line}\n`),
    /** The inbox as the program has it now. */
    inbox: () => lines.findLast(line => typeof line === 'object' && line.type === 'inbox'),
    /** Resolves once it has printed a line like this. */
    prints: (line: unknown) => expect.poll(() => [...lines, complaint], POLL).toContainEqual(line),
    async stop() {
      child.kill()
      await exited
    },
  }
}

const POLL = { interval: 10, timeout: 20_000 }

describe.skipIf(!hasPython)('a client in Python', () => {
  let server: TestServer
  let network: Awaited<ReturnType<typeof openProxy>>
  let john: Pair['john']
  let jane: Pair['jane']
  let program: ReturnType<typeof startProgram>

  beforeEach(async () => {
    server = await startServer()
    network = await openProxy()
    network.aim(Number(new URL(server.url).port))
    const pair = await addPair(server)
    john = pair.john
    jane = pair.jane
    program = startProgram(network.url, await server.tokenOf(jane))
  })
  afterEach(async () => {
    await program.stop()
    await network.close()
    await server.close()
  })

  /** Waits until the program has the inbox that REST has. */
  async function agrees(): Promise<void> {
    const { notifications, version, unread_count } = await inboxOf(jane.rest)
    await expect.poll(program.inbox, POLL).toEqual({ type: 'inbox', notifications, version, unread_count })
  }

  const heard = (message: object) => program.prints(expect.objectContaining(message))
  const has = (inbox: object) => expect.poll(program.inbox, POLL).toMatchObject(inbox)
  const addGoals = async (...titles: string[]) => {
    for (const title of titles) await createGoal(john.rest, { title })
  }

  test('loads, follows, pings, and says what was read', async () => {
    await addGoals('A')
    await heard({ type: 'connection_established' })
    await addGoals('B', 'C')
    await agrees()
    program.say('ping')
    await program.prints('pong')

    const [newest] = (await inboxOf(jane.rest)).notifications
    program.say(`mark_read:${newest?.id}`)
    await has({ version: 4, unread_count: 2 })
    await agrees()
    program.say(`mark_unread:${newest?.id}`)
    await has({ version: 5, unread_count: 3 })
    program.say('mark_all_read:2')
    await has({ version: 6, unread_count: 1 })
    await agrees()
    await jane.rest.post('/api/notifications/mark-all-read/undo', { version: 6 })
    await heard({ type: 'sync', from: 6, version: 8 })
    await agrees()
    program.say('dance')
    await heard({ type: 'error', code: 'unknown_command' })
  })

  /** Cuts it off, and lets it come back when that is done. */
  async function meanwhile(change: () => Promise<unknown>): Promise<void> {
    await heard({ type: 'connection_established' })
    await agrees()
    network.refuse()
    await heard({ type: 'cut' })
    await change()
    network.pass()
  }

  test('takes up where it was cut, however much has changed', async () => {
    await addGoals('A', 'B', 'C')
    await meanwhile(async () => {
      const [third, second] = (await inboxOf(jane.rest)).notifications
      await jane.rest.delete(`/api/notifications/${second?.id}`)
      await jane.rest.put(`/api/notifications/${third?.id}/read`)
      await addGoals('D', 'E')
    })
    await heard({ type: 'sync', from: 3, version: 7 })
    await agrees()
    await addGoals('F')
    await agrees()
  })

  test('starts over when the database is another, and goes on from there', async () => {
    await addGoals('A', 'B')
    await meanwhile(async () => {
      await server.app.database.db.updateTable('installation').set({ epoch: 'another' }).execute()
      await addGoals('C')
    })
    await heard({ type: 'sync_reset', version: 3, reason: 'epoch_changed' })
    await agrees()
    await addGoals('D')
    await agrees()
  })

  test('does not come back with a token that is refused', async () => {
    await heard({ type: 'connection_established' })
    await server.app.database.transaction(async tx => revoke(tx, jane.id, null, 'unauthenticated'))
    await heard({ type: 'cut', code: 4401 })
    expect(await program.exited).toEqual([1, null])
  })
})

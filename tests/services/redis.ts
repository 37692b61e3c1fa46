/** A Redis of the tests' own. */
import { Redis } from 'ioredis'
import { findProgram, freePort, makeFolder, removeFolder, start, until } from './program.ts'

export type RedisServer = Awaited<ReturnType<typeof startRedis>>

export async function startRedis() {
  const folder = makeFolder('redis')
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  const program = findProgram('redis-server')
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
  ]
  let running = start(program, args)
  const answers = () => until(() => greet(url), running)
  await answers()

  return {
    url,
    port,
    signal: (signal: NodeJS.Signals) => running.signal(signal),
    /** Starts it again, empty, after it ended. */
    async restart(): Promise<void> {
      await running.ended
      running = start(program, args)
      await answers()
    },
    async stop(): Promise<void> {
      running.signal('SIGKILL')
      await running.ended
      removeFolder(folder)
    },
  }
}

async function greet(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 0 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.ping()
  } finally {
    client.disconnect()
  }
}

/** A server process, the bad network before it, the people it serves; started, killed and started again. */
import { createWorkplace } from '../../../apps/server/test/programs.ts'
import { type Cast, hire, SECRET } from './cast.ts'
import { type FaultyProxy, openProxy } from './proxy.ts'

/** Tests are quicker than people, and clients whose clock runs faster ask more often. Limits are judged elsewhere. */
export const WITHOUT_LIMITS = {
  DEMO: '0',
  JWT_SECRET: SECRET,
  REST_PER_SECOND: '100000',
  UPGRADES_PER_SECOND: '100000',
  COMMANDS_PER_SECOND: '1000',
}

export interface StageOptions {
  chiefs: number
  staffEach: number
  /** Environment of the server. */
  variables?: Record<string, string>
  /** Puts into the database what is there before the server starts. */
  prepare?: (dataDir: string, cast: Cast) => void
}

export type Stage = Awaited<ReturnType<typeof openStage>>

/** Resolves when the server answers for the first time. */
export async function openStage({ chiefs, staffEach, variables = {}, prepare }: StageOptions) {
  const place = createWorkplace()
  const cast: Cast = await hire(place.dataDir, chiefs, staffEach)
  prepare?.(place.dataDir, cast)
  const proxies: FaultyProxy[] = []
  let program: ReturnType<typeof place.start> | null = null
  let up = Promise.withResolvers<string>()
  let port = 0

  async function start(): Promise<void> {
    program = place.start('main.ts', [], { ...WITHOUT_LIMITS, PORT: '0', ...variables })
    const [, url = ''] = await program.printed(/PMS is ready: (http:\/\/\S+)/)
    port = Number(new URL(url).port)
    for (const proxy of proxies) proxy.aim(port)
    up.resolve(url)
  }

  async function end(signal: NodeJS.Signals) {
    if (!program) throw new Error('There is no server to end')
    const { ended } = program
    up = Promise.withResolvers()
    program.signal(signal)
    const how = await ended
    program = null
    return how
  }

  /** A bad network of one's own. */
  async function network(): Promise<FaultyProxy> {
    const proxy = await openProxy()
    proxy.aim(port)
    proxies.push(proxy)
    return proxy
  }

  const proxy = await network()
  await start()

  return {
    cast,
    dataDir: place.dataDir,
    /** Between the clients and the server. */
    proxy,
    network,
    start,
    /** Address of the server itself; while there is none, the next one's. */
    up: () => up.promise,
    pid: () => program?.pid ?? 0,
    kill: () => end('SIGKILL'),
    /** Stops it as a deployment does. */
    stop: () => end('SIGTERM'),
    async close(): Promise<void> {
      await Promise.all(proxies.map(each => each.close()))
      await place.close()
    },
  }
}

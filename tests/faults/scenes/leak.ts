/** Thousands connect and leave, each in another way, and the process is as it was before the first. */
import { Socket } from 'node:net'
import { queryObjects, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, expect, test } from 'vitest'
import { Connection } from '../../../packages/notifier/src/connection.ts'
import { frame } from '../../../packages/notifier/test/socket-server.ts'
import { report } from '../kit/figures.ts'
import { type Indoors, openIndoors } from '../kit/indoors.ts'
import { type Chance, chanceOf, freshSeed } from '../kit/random.ts'
import { openRaw } from '../kit/raw.ts'
import { eventually, SCENE_MS } from '../kit/until.ts'
import { createWriter } from '../kit/writer.ts'

export interface LeakSize {
  connects: number
}

const BATCH = 50
/** Until caches and compiled code have their size. */
const WARM_UP = 1_500

/** What may be left: far less than a few bytes or one object for each connection. */
const MARGIN = { heapMb: 3, sets: 20, maps: 20, timers: 2 }

/** How they leave; some of them never quite come. */
const WAYS = { goodbye: 4, vanish: 4, nonsense: 1, badToken: 1, halfHandshake: 1, midSync: 2 }

export function noLeak({ connects }: LeakSize): void {
  let stage: Indoors
  afterAll(() => stage?.close())

  test(
    `nothing is left of ${connects} connects and disconnects`,
    async () => {
      const chance = chanceOf(freshSeed())
      stage = await openIndoors({ chiefs: 10, staffEach: 1 })
      const { cast, url } = stage
      const tokens = await Promise.all(cast.chiefs.map(member => member.token()))
      const writer = createWriter({ stage, chance, tended: [] })
      const pass = async (count: number) => {
        for (let done = 0; done < count; done += BATCH) {
          const batch = Array.from({ length: Math.min(BATCH, count - done) }, () =>
            comeAndGo(url, chance, tokens),
          )
          // So that there is something to be told of while they come and go.
          await Promise.all([...batch, writer.do('create', 1)])
        }
        await eventually(async () => (await stage.connections()) === 0, 'nobody is connected')
        await eventually(() => queryObjects(Connection, { format: 'count' }) === 0, 'no connection is kept')
      }

      await pass(WARM_UP)
      const before = await measure()
      const from = performance.now()
      await pass(connects)
      const seconds = (performance.now() - from) / 1_000
      await eventually(async () => (await measure()).sockets <= before.sockets, 'every socket is closed')
      const after = await measure()

      const grown = {
        heapMb: after.heapMb - before.heapMb,
        sets: after.sets - before.sets,
        maps: after.maps - before.maps,
        timers: after.timers - before.timers,
      }
      for (const name of Object.keys(MARGIN) as (keyof typeof MARGIN)[])
        expect(grown[name], name).toBeLessThanOrEqual(MARGIN[name])
      expect(stage.troubles()).toEqual([])
      await stage.stop()
      report('leak', {
        seed: chance.seed,
        connects,
        seconds: seconds.toFixed(1),
        ...Object.fromEntries(
          Object.entries(grown).map(([name, more]) => [`${name} more`, Number(more.toFixed(2))]),
        ),
        'heap in MB': after.heapMb.toFixed(1),
        'open sockets': after.sockets,
      })
    },
    SCENE_MS,
  )
}

async function comeAndGo(url: string, chance: Chance, tokens: readonly string[]): Promise<void> {
  const way = chance.weighted(WAYS)
  const token = way === 'badToken' ? 'nonsense' : chance.pick(tokens)
  const raw = openRaw(url, `token=${token}&since=0`)
  const { socket } = raw
  if (way !== 'halfHandshake') await raw.greeted()
  switch (way) {
    case 'goodbye':
      socket.end(frame(0x8, [0x03, 0xe8]))
      break
    case 'nonsense':
      socket.end(frame(0x3, 'nonsense'))
      break
    case 'midSync':
      for (let n = 0; n < 5; n++) socket.write(frame(0x1, 'sync:0'))
      socket.destroySoon()
      break
    case 'vanish':
      socket.resetAndDestroy()
      break
    default:
      socket.destroy()
  }
  await raw.closed
}

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** What this process holds once the garbage is out. */
async function measure() {
  // What a finished call leaves behind is let go of a turn later, and some of it by a finalizer after that.
  for (let turn = 0; turn < 4; turn++) {
    collectGarbage()
    await new Promise(resolve => setImmediate(resolve))
  }
  const resources = process.getActiveResourcesInfo()
  return {
    heapMb: process.memoryUsage().heapUsed / 2 ** 20,
    sets: queryObjects(Set, { format: 'count' }),
    maps: queryObjects(Map, { format: 'count' }),
    sockets: queryObjects(Socket, { format: 'count' }),
    timers: resources.filter(name => name === 'Timeout').length,
  }
}

/** The sides without a framework: the bare floor, in both ways to commit, and Socket.IO over the same rows. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fillBare, layOut } from './bare/layout.ts'
import { makeFolder, removeFolder } from './folder.ts'
import { PUBLISHER, plainTab, SECRET, tokenOf } from './people.ts'
import { launchNode } from './process.ts'
import type { Side, TabAddress } from './side.ts'

export const floor = bareSide({
  name: 'floor',
  about: 'Node http, ws and node:sqlite and nothing else, a commit for each request',
  program: 'floor-server.ts',
  env: {},
  tab: plainTab,
})

export const floorGroup = bareSide({
  name: 'floor-group',
  about: 'the same, one commit for requests that came together',
  program: 'floor-server.ts',
  env: { COMMIT: 'together' },
  tab: plainTab,
})

export const socketIo = bareSide({
  name: 'socketio',
  about: 'Socket.IO over Node http and node:sqlite, a commit for each request',
  program: 'socketio-server.ts',
  env: {},
  tab: person => ({
    path: `/socket.io/?EIO=4&transport=websocket&token=${tokenOf(person)}`,
    speaks: 'socket.io',
  }),
})

interface Bare extends Pick<Side, 'name' | 'about'> {
  program: string
  env: Readonly<Record<string, string>>
  tab(person: number): TabAddress
}

function bareSide({ name, about, program, env, tab }: Bare): Side {
  const path = fileURLToPath(new URL(`bare/${program}`, import.meta.url))
  return {
    name,
    about,
    missing: async () => null,
    async prepare(people) {
      const folder = makeFolder(name)
      const file = join(folder, 'bare.sqlite')
      layOut(file, people)
      return {
        async start() {
          const { pid, ...running } = await launchNode({
            args: [path],
            env: { ...env, JWT_SECRET: SECRET, DATABASE: file },
            ready: /ready on \[(\d+)\]/,
          })
          const raiser = `Bearer ${tokenOf(PUBLISHER)}`
          return { ...running, pid, pids: [pid], raiser, publisher: raiser, tab }
        },
        fill: async plan => fillBare(file, plan),
        close: async () => removeFolder(folder),
      }
    },
  }
}

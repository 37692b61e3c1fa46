/** The sides without a framework: the bare floor, in both ways to commit, and Socket.IO over the same rows. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeFolder, removeFolder } from './folder.ts'
import { SECRET, tokenOf } from './people.ts'
import { launch } from './process.ts'
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

function plainTab(person: number): TabAddress {
  return { path: `/api/notifications/ws?token=${tokenOf(person)}`, speaks: 'plain' }
}

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
    async prepare() {
      const folder = makeFolder(name)
      return {
        async start() {
          const { pid, port, stop } = await launch({
            program: process.execPath,
            args: [path],
            env: { ...env, JWT_SECRET: SECRET, DATABASE: join(folder, 'bare.sqlite') },
            ready: /ready on \[(\d+)\]/,
          })
          return { port, raiser: `Bearer ${tokenOf(0)}`, pids: () => [pid], tab, stop }
        },
        close: async () => removeFolder(folder),
      }
    },
  }
}

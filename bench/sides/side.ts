/** What a measure needs of a side: a place with people in it, a server on it, and how it is spoken to. */

/** How a tab opens its socket, and what its frames look like. */
export interface TabAddress {
  path: string
  speaks: 'plain' | 'socket.io'
}

export interface Server {
  port: number
  /** The `authorization` header of whoever may raise notifications. */
  raiser: string
  /** Process ids whose work is the server's: that of a database of its own included. */
  pids(): number[]
  /** @param person its number, from 0 */
  tab(person: number): TabAddress
  /** Resolves when all of it is gone. */
  stop(): Promise<void>
}

/** A database with so many people in it, and nothing else. */
export interface Stage {
  start(): Promise<Server>
  /** Removes it. */
  close(): Promise<void>
}

export interface Side {
  name: string
  about: string
  /** Why it cannot run on this machine; null when it can. */
  missing(): Promise<string | null>
  prepare(people: number): Promise<Stage>
}

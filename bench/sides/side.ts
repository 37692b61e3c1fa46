/** What a measure needs of a side: a place with people in it, a server on it, and how it is spoken to. */

import type { Plan } from './plan.ts'

/** How a tab opens its socket, and what its frames look like. */
export interface TabAddress {
  path: string
  speaks: 'plain' | 'socket.io'
}

/** How long, in one piece, the server was busy. Milliseconds. */
export interface Slices {
  forget(): Promise<void>
  longest(): Promise<number>
  /** Without what the machine did for others meanwhile. */
  work(): Promise<number>
}

export interface Server {
  port: number
  /** The `authorization` header of whoever may raise notifications. */
  raiser: string
  /** The process that sockets and calls come to. */
  pid: number
  /** Processes whose work is the server's, with all they started: that of a database of its own included. */
  pids: readonly number[]
  /** Who publishes announcements: their `authorization` header. */
  publisher: string
  /** Collects what nobody holds any more. @returns bytes that the heap holds then; null where nothing tells them */
  collect(): Promise<number | null>
  /** What keeps everybody else waiting; null where the side cannot tell. */
  slices: Slices | null
  /** @param person its number, from 0 */
  tab(person: number): TabAddress
  /** Resolves when all of it is gone. */
  stop(): Promise<void>
}

/** A database with so many people in it, and nothing else. */
export interface Stage {
  start(): Promise<Server>
  /** Before a server is started on it. */
  fill(plan: Plan): Promise<void>
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

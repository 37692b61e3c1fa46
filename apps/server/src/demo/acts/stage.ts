/** What the story is played on: the features, its people, and the ids of what it has made so far. */
import type { User } from '@pms/contract'
import type { Inboxes } from '@pms/notifier'
import type { Caller } from '../../auth/caller.ts'
import type { Features } from '../../compose.ts'
import type { AppDatabase } from '../../database.ts'
import { permissionsOf } from '../../features/people/permissions.ts'

export interface Stage {
  database: AppDatabase
  features: Features
  inboxes: Inboxes
  /** Ids of units, by the key that the story calls them. */
  units: ReadonlyMap<string, string>
  /** Of the password that all of them have. */
  passwordHash: string
  people: Cast
  things: Names
}

export type Cast = ReturnType<typeof createCast>

/** Those who can act, by account. */
export function createCast() {
  const callers = new Map<string, Caller>()
  return {
    enter(account: string, user: User): void {
      const permissions = new Set(permissionsOf(user.role))
      callers.set(account, { ...user, permissions, sessionId: '', expiresAt: 0 })
    },
    /** @throws when the story tells of somebody who is not there */
    get(account: string): Caller {
      const caller = callers.get(account)
      if (!caller) throw new Error(`Nobody in the demo has the account ${account}`)
      return caller
    },
  }
}

export type Names = ReturnType<typeof createNames>

/** The ids of what was made, by the name that the story calls it. */
export function createNames() {
  const ids = new Map<string, string>()
  return {
    set(name: string, id: string): void {
      ids.set(name, id)
    },
    /** @throws when the story tells of something before it is made */
    get(name: string): string {
      const id = ids.get(name)
      if (id === undefined) throw new Error(`The demo has no ${name} yet`)
      return id
    },
    find: (name: string | null): string | null => (name === null ? null : (ids.get(name) ?? null)),
  }
}

/**
 * The bus carries what a transaction said to whoever serves the people it concerns. It is a hint: the rows are the
 * truth, and a message that is lost is healed from them.
 */
import type { InboxItem } from '@pms/protocol'

/** One change of one inbox, as told to its owner's sockets. Counts are absolute, at this version. */
export type InboxChange = {
  user_id: string
  version: number
  unread_count: number
} & (
  | { kind: 'created'; item: InboxItem }
  | { kind: 'read'; id: string }
  /** `ids`: the newest of those read, for clients that know only single reads. */
  | { kind: 'all_read'; through_seq: number; count: number; ids: string[] }
  /** Unread again, resolved or restored. */
  | { kind: 'updated'; item: InboxItem }
  | { kind: 'deleted'; id: string }
)

/** Something a person takes part in changed. Has no version: whoever missed it fetches afresh on reconnecting. */
export interface ResourceSignal {
  kind: 'resource_changed'
  user_id: string
  resource: string
  id: string
}

/** Something that everybody may see changed: told once to each process, not once to each person. Has no version either. */
export interface Broadcast {
  kind: 'broadcast'
  resource: string
  id: string
  /** Who was told already. */
  except: readonly string[]
}

/** An inbox has moved on by more changes than are worth telling one by one: whoever serves it reads them. */
export interface InboxMoved {
  kind: 'moved'
  user_id: string
  version: number
}

/** A person's sockets are no longer welcome: those let in on `session`, or all of them. */
export interface Revocation {
  kind: 'revoked'
  user_id: string
  session: string | null
  /** `unauthenticated`: a new sign-in may do. `forbidden`: none will. */
  why: 'unauthenticated' | 'forbidden'
}

/** A person has no room for one more socket: whoever serves a dead one of theirs lets go of it. */
export interface Crowded {
  kind: 'crowded'
  user_id: string
}

/** Somebody wants to know how a person's connections stand: whoever serves them writes it down. */
export interface RecordAsked {
  kind: 'record_asked'
  user_id: string
}

/** What concerns one person. */
export type PersonalMessage = InboxChange | InboxMoved | ResourceSignal | Revocation | Crowded | RecordAsked

export type BusMessage = PersonalMessage | Broadcast

export interface Bus {
  /** Whether what other processes say is heard here, and the other way round. */
  readonly isConnected: boolean
  /** Hands messages on, those of one person in their order. Never throws and never waits. */
  publish(messages: readonly BusMessage[]): void
  /** Hears what concerns one person, until the returned function is called. */
  subscribe(userId: string, listener: (message: PersonalMessage) => void): () => void
  /** Hears what concerns everybody, until the returned function is called. */
  onBroadcast(listener: (message: Broadcast) => void): () => void
  /**
   * Says that something may have been missed, by these people or (null) by everybody: time to look at the rows.
   * Until the returned function is called.
   */
  onDoubt(listener: (userIds: readonly string[] | null) => void): () => void
  close(): Promise<void>
}

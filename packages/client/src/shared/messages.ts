/** What the tabs of one person say to each other. The union at the end is the table of contents. */
import { PROTOCOL_VERSION } from '@pms/protocol'
import type { Announcement } from '../news.ts'
import type { BaseState } from '../store.ts'
import type { ConnectionState, Presentation } from '../types.ts'
import type { Look } from './environment.ts'

/** Raised with any change of this file: tabs of two builds do not understand each other and do not share. */
const FORMAT = 1

/** Of locks and of the channel. Only tabs of the same server, person and wire share a socket. */
export function nameOf(address: string, userId: string): string {
  return `inbox ${PROTOCOL_VERSION}.${FORMAT} ${address} ${userId}`
}

/** Where a tab stands. */
export interface Standing {
  /** Null before anything is loaded. */
  readonly version: number | null
  readonly epoch: string | null
}

export interface Attention extends Look {
  /** When it was last looked at, by the wall clock. */
  readonly lookedAt: number
}

/** All that a tab needs to begin where another one is. */
export interface Snapshot {
  readonly base: BaseState
  readonly epoch: string | null
  readonly cursor: string | null
}

/** Said by any tab; asked of the leader, who answers with `welcome`. `needs`: something is missing here. */
export interface Hello {
  readonly kind: 'hello'
  readonly from: string
  readonly standing: Standing
  readonly attention: Attention
  readonly needs: boolean
  /** Of the last leader it has heard. */
  readonly heard: number
}

/** It goes, on purpose. */
export interface Bye {
  readonly kind: 'bye'
  readonly from: string
}

/** To the leader: put this on the socket. */
export interface Say {
  readonly kind: 'say'
  readonly text: string
}

/** To the leader: a person wants the connection now, or has come back to the page. */
export interface Nudge {
  readonly kind: 'connect' | 'wake'
}

/** What it was to present, it has presented. */
export interface Presented {
  readonly kind: 'presented'
  readonly number: string
}

export interface SignedOut {
  readonly kind: 'signed_out'
}

/** `term` is that of a leadership: the highest is the one that counts. */
interface OfLeader {
  readonly term: number
  readonly from: string
}

/** First word of a new leader: everybody says where they stand. */
export interface RollCall extends OfLeader {
  readonly kind: 'roll_call'
}

export interface Welcome extends OfLeader {
  readonly kind: 'welcome'
  readonly to: string
  readonly state: ConnectionState
  /** Only for one that has nothing, or nothing that could be brought up to date. */
  readonly snapshot: Snapshot | null
}

export interface State extends OfLeader {
  readonly kind: 'state'
  readonly state: ConnectionState
}

/** What the server said, as it came. */
export interface Frame extends OfLeader {
  readonly kind: 'frame'
  readonly text: string
}

/** Something new for the person, and which of the tabs makes them aware of it. */
export interface NewsMessage extends OfLeader {
  readonly kind: 'news'
  readonly number: string
  readonly announcement: Announcement
  readonly presenter: string
  readonly presentation: Presentation
  /** The first choice went away without having presented it: the others have heard of it. */
  readonly again: boolean
}

export type LeaderMessage = RollCall | Welcome | State | Frame | NewsMessage
export type TabMessage = Hello | Bye | Say | Nudge | Presented | SignedOut | LeaderMessage

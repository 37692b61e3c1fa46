/** Whether a notification went out on a connection, told from versions. Plain comparing: rows in, words out. */
import type { TracedConnection, TraceVerdict } from '@pms/contract'
import type { ConnectionTable } from '../tables.ts'

/** What of a notification says where it went. */
export interface Traced {
  /** The version of its inbox by which it was written. */
  seq: number
  created_at: string
  deleted_at: string | null
}

export interface KnownConnection
  extends Pick<
    ConnectionTable,
    | 'id'
    | 'server'
    | 'opened_at'
    | 'closed_at'
    | 'code'
    | 'start'
    | 'first'
    | 'version'
    | 'heard_at'
    | 'seen_at'
  > {
  device: string | null
  /** Its server is gone, and had no time to say how it ended. */
  isLost: boolean
}

/** How a connection of its recipient, which lived after it was written, has to do with it. */
export function judgeConnection(
  connection: KnownConnection,
  traced: Traced,
  askedAt: string,
): TracedConnection {
  const { id, server, device, opened_at, closed_at, code, heard_at, isLost } = connection
  const outcome = outcomeOf(connection, traced, askedAt)
  const handedAt =
    outcome === 'live'
      ? traced.created_at
      : outcome === 'replayed' || outcome === 'fetched'
        ? opened_at
        : null
  const isHanded = outcome === 'live' || outcome === 'replayed'
  return {
    id,
    server,
    device,
    state: isLost ? 'lost' : closed_at === null ? 'open' : 'closed',
    opened_at,
    closed_at,
    code,
    heard_at,
    outcome,
    handed_at: handedAt,
    answered: isHanded && handedAt !== null && heard_at > handedAt,
  }
}

function outcomeOf(
  { opened_at, closed_at, first, version, seen_at, isLost }: KnownConnection,
  { seq, created_at, deleted_at }: Traced,
  askedAt: string,
): TracedConnection['outcome'] {
  // Who comes after it was deleted is told no more than that.
  if (deleted_at !== null && deleted_at <= opened_at && opened_at > created_at) return 'missed'
  if (seq <= first) return 'fetched'
  if (seq <= version) return opened_at <= created_at ? 'live' : 'replayed'
  if (closed_at !== null) return 'missed'
  return isLost || seen_at < askedAt ? 'unknown' : 'not_yet'
}

/**
 * All of it in a word.
 * @param isRemembered whether connections are known as far back as the notification
 */
export function verdictOf(connections: readonly TracedConnection[], isRemembered: boolean): TraceVerdict {
  const some = (...outcomes: TracedConnection['outcome'][]) =>
    connections.some(({ outcome }) => outcomes.includes(outcome))
  if (connections.some(({ answered }) => answered)) return 'sent'
  if (some('fetched')) return 'fetched'
  if (some('live', 'replayed')) return 'unanswered'
  if (some('not_yet')) return 'waiting'
  if (some('unknown') || !isRemembered) return 'unknown'
  return 'offline'
}

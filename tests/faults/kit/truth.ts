/**
 * The judge: what the database says, by REST as each person and by the rows themselves, and whether every client
 * shows exactly that.
 */
import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import { openAppDatabase } from '../../../apps/server/src/database.ts'
import { createRest } from '../../../apps/server/src/testing/rest.ts'
import { engineTables } from '../../../packages/notifier/src/database/database.ts'
import { wrongCounters } from '../../../packages/notifier/src/testing/recount.ts'
import type { InboxItem, NotificationPage } from '../../../packages/protocol/src/index.ts'
import type { Member } from './cast.ts'
import { until } from './until.ts'
import { isLive, type Watched } from './watched.ts'

export interface Truth {
  version: number
  unread: number
  total: number
  items: InboxItem[]
}

/** An inbox as a fresh page would fetch it, to the last row. Nobody may write meanwhile. */
export async function truthOf(url: string, member: Member): Promise<Truth> {
  const rest = createRest(url, { token: await member.token() })
  const page = async (query: string) => {
    const { status, body } = await rest.get<NotificationPage>(`/api/notifications?limit=100${query}`)
    expect(status).toBe(200)
    return body
  }
  const head = await page('')
  const items = [...head.notifications]
  for (let cursor = head.next_cursor; cursor !== null; ) {
    const more = await page(`&cursor=${cursor}`)
    expect(more.version, 'nobody writes while the truth is read').toBe(head.version)
    items.push(...more.notifications)
    cursor = more.next_cursor
  }
  return { version: head.version, unread: head.unread_count, total: head.total, items }
}

/** Where an inbox stands now, whoever writes to it; null when nobody can tell. */
export async function versionOf(url: string, member: Member): Promise<number | null> {
  const rest = createRest(url, { token: await member.token() })
  const reply = await rest.get<NotificationPage>('/api/notifications?limit=1').catch(() => null)
  return reply?.status === 200 ? reply.body.version : null
}

const shownBy = ({ inbox }: Watched): Truth => {
  const { version, unreadCount, totalCount, items } = inbox.getSnapshot()
  return { version, unread: unreadCount, total: totalCount, items: [...items] }
}

/** What differs, small enough to read. */
function difference(client: Watched, truth: Truth): string {
  const shown = shownBy(client)
  const { connection, hasMore } = client.inbox.getSnapshot()
  const has = new Map(shown.items.map(item => [item.id, item]))
  const should = new Set(truth.items.map(({ id }) => id))
  const missing = truth.items.filter(({ id }) => !has.has(id)).map(({ seq }) => seq)
  const extra = shown.items.filter(({ id }) => !should.has(id)).map(({ seq }) => seq)
  const other = truth.items.filter(item => has.has(item.id) && !isDeepStrictEqual(has.get(item.id), item))
  const heads = [shown, truth].map(({ version, unread, total }) => ({ version, unread, total }))
  const others = other.map(item => ({
    seq: item.seq,
    is_read: item.is_read,
    shown: has.get(item.id)?.is_read,
  }))
  return JSON.stringify({
    of: client.member.name,
    connection,
    hasMore,
    shown: heads[0],
    truth: heads[1],
    missing,
    extra,
    others,
  })
}

/**
 * Resolves when every client is live and shows exactly what its person's inbox holds: nothing missing, nothing twice,
 * everything in its place, the badge right. Nobody may write any more.
 * @returns how many milliseconds it took
 */
export async function allShowTheTruth(url: string, clients: readonly Watched[]): Promise<number> {
  const from = performance.now()
  const truths = new Map<Member, Truth>()
  for (const { member } of clients) if (!truths.has(member)) truths.set(member, await truthOf(url, member))
  let caughtUpAt = from
  await Promise.all(
    clients.map(async client => {
      const { inbox, member } = client
      const truth = truths.get(member) as Truth
      const upToDate = () => isLive(client) && inbox.getSnapshot().version === truth.version
      await until(upToDate, inbox.subscribe, () => difference(client, truth))
      caughtUpAt = Math.max(caughtUpAt, performance.now())
      while (inbox.getSnapshot().hasMore) {
        await inbox.loadMore()
        await until(
          () => !inbox.getSnapshot().loading,
          inbox.subscribe,
          () => 'a page that never came',
        )
      }
      await until(
        () => isLive(client) && isDeepStrictEqual(shownBy(client), truth),
        inbox.subscribe,
        () => difference(client, truth),
      )
    }),
  )
  for (const { member, faults, announced } of clients) {
    expect(faults, `states that ${member.name} was shown`).toEqual([])
    expect(
      [...announced].filter(([, times]) => times > 1),
      'shown as new more than once',
    ).toEqual([])
  }
  return Math.round(caughtUpAt - from)
}

/** What was committed, by the rows of a database that no server has open. */
export interface Ledger {
  /** Every notification there ever was, deleted ones too, with whose it is. */
  owners: ReadonlyMap<string, string>
}

/** Reads what a server left, and judges its counters. */
export async function readLedger(dataDir: string, databaseUrl: string | null = null): Promise<Ledger> {
  const database = await openAppDatabase({ dataDir, databaseUrl })
  try {
    const engine = engineTables(database.db)
    expect(await wrongCounters(engine), 'counters that differ from their rows').toEqual([])
    const rows = await engine.selectFrom('notifications').select(['id', 'user_id', 'version']).execute()
    const heads = await engine.selectFrom('inboxes').select(['user_id', 'version']).execute()
    const versions = new Map(heads.map(({ user_id, version }) => [user_id, version]))
    expect(rows.filter(row => row.version > (versions.get(row.user_id) ?? 0))).toEqual([])
    return { owners: new Map(rows.map(({ id, user_id }) => [id, user_id])) }
  } finally {
    await database.close()
  }
}

/** Nobody was ever shown what was never committed, or is somebody else's. */
export function expectNoGhosts(ledger: Ledger, viewers: readonly Pick<Watched, 'member' | 'shown'>[]): void {
  for (const { member, shown } of viewers) {
    const ghosts = [...shown].filter(id => ledger.owners.get(id) !== member.id)
    expect(ghosts, `what ${member.name} was shown and was never there`).toEqual([])
  }
}

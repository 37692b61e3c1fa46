// Long lists of which only what is looked at is fetched, over an inbox that changes meanwhile.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { InboxItem, PageFilters } from '../src/index.ts'
import { createListing, type Listing } from '../src/listing/index.ts'
import { fetchFrom } from '../src/listing/plan.ts'
import { createFakeInbox, settle } from '../src/testing/index.ts'
import { type Harness, liveHarness } from './harness.ts'

async function open(count: number, filters: PageFilters = {}) {
  const made = await liveHarness(count)
  const listing = createListing(made.inbox, { filters, environment: made.server.environment })
  const close = listing.subscribe(() => {})
  await settle()
  return { ...made, listing, close }
}

const titles = (listing: Listing) => listing.getSnapshot().rows.map(row => row?.title ?? null)
const pages = ({ server }: Harness) =>
  server.requests.filter(({ method, url }) => method === 'GET' && url.startsWith('/api/notifications?'))
/** Lets what is fetched again after a change be fetched. */
const refreshed = ({ server }: Harness) => server.clock.advance(1_000)

test('the whole list is there at once, as long as it is, with the rows that the inbox has', async () => {
  const { inbox, listing } = await open(500)
  const { rows, loaded } = listing.getSnapshot()
  expect(loaded).toBe(true)
  expect(rows.length).toBe(500)
  expect(rows.slice(0, 30)).toEqual(inbox.getSnapshot().items)
  expect(rows.slice(30).every(row => row === null)).toBe(true)
})

test('what comes into sight is fetched, and nothing twice', async () => {
  const page = await open(500)
  const { listing } = page
  const before = pages(page).length
  listing.show({ first: 20, last: 40 })
  await settle()
  expect(titles(listing).slice(0, 130)).not.toContain(null)
  listing.show({ first: 25, last: 45 })
  await settle()
  expect(pages(page).length).toBe(before + 1)
})

test('a jump fetches where it lands, not what lies between', async () => {
  const page = await open(500)
  page.listing.show({ first: 400, last: 415 })
  await settle()
  expect(titles(page.listing)[400]).toBe('Note 100')
  expect(titles(page.listing)[200]).toBeNull()
  expect(pages(page).length).toBeLessThan(5)
})

test('a jump beyond what one call can leave out goes in steps', () => {
  const row = { ...createFakeInbox().create(), seq: 25_000 }
  const rows: (InboxItem | null)[] = [row, ...new Array<null>(24_999).fill(null)]
  const first = fetchFrom(rows, 24_000)
  expect(first).toEqual({ at: 10_001, cursor: '25000', skip: 10_000, limit: 1 })
  rows[first.at] = { ...row, seq: 14_999 }
  rows[20_002] = { ...row, seq: 4_998 }
  expect(fetchFrom(rows, 24_000)).toEqual({ at: 24_000, cursor: '4998', skip: 3_997, limit: 100 })
})

test('what arrives stands at the top, and what was known moves down', async () => {
  const { listing, truth } = await open(500)
  listing.show({ first: 400, last: 410 })
  await settle()
  truth.create({ title: 'New' })
  expect(titles(listing)[0]).toBe('New')
  expect(titles(listing)[401]).toBe('Note 100')
  expect(listing.getSnapshot().rows.length).toBe(501)
})

test('what is in sight and far from what is live is fetched again after a change', async () => {
  const page = await open(500)
  const { listing, truth } = page
  listing.show({ first: 400, last: 410 })
  await settle()
  const [row] = listing.getSnapshot().rows.slice(405, 406)
  truth.setRead(row?.id ?? '', true)
  await refreshed(page)
  expect(listing.getSnapshot().rows[405]).toMatchObject({ id: row?.id, is_read: true })
  truth.setDeleted(row?.id ?? '', true)
  await refreshed(page)
  expect(listing.getSnapshot().rows.some(other => other?.id === row?.id)).toBe(false)
  expect(listing.getSnapshot().rows.length).toBe(499)
})

test('a filtered list has its own length and takes what arrives, if it is wanted', async () => {
  const page = await open(0, { priority: 'high' })
  const { listing, truth } = page
  expect(listing.getSnapshot()).toMatchObject({ rows: [], loaded: true })
  truth.create({ priority: 'high', title: 'Wanted' })
  truth.create({ priority: 'low', title: 'Not wanted' })
  expect(titles(listing)).toEqual(['Wanted'])
  await refreshed(page)
  expect(titles(listing)).toEqual(['Wanted'])
})

test('what was read stays among the unread until the list is left, through every refresh', async () => {
  const page = await open(3, { unreadOnly: true })
  const { listing, truth } = page
  listing.show({ first: 0, last: 2 })
  const [, second] = listing.getSnapshot().rows
  if (second) await listing.act('read', [second])
  expect(titles(listing)).toEqual(['Note 3', 'Note 2', 'Note 1'])
  truth.create()
  await refreshed(page)
  expect(titles(listing)).toEqual(['Note 5', 'Note 3', 'Note 2', 'Note 1'])
  expect(listing.getSnapshot().rows[2]).toMatchObject({ is_read: true })
})

test('a row that is not live is changed at once, and changed back where the server refuses', async () => {
  const { listing, server, truth } = await open(500)
  listing.show({ first: 400, last: 410 })
  await settle()
  const [row] = listing.getSnapshot().rows.slice(405, 406)
  if (!row) throw new Error('It was fetched')
  server.script.request = () => ({ status: 503, body: { detail: 'Not now' } })
  const done = listing.act('delete', [row])
  expect(listing.getSnapshot().rows.length).toBe(499)
  expect(await done).toMatchObject({ ok: false })
  expect(listing.getSnapshot().rows[405]).toEqual(row)
  server.script.request = truth.script.request
  await listing.act('delete', [row])
  await settle()
  expect(listing.getSnapshot().rows.length).toBe(499)
  await listing.act('restore', [row])
  await settle()
  expect(listing.getSnapshot().rows[405]).toEqual(row)
  expect(truth.page(1).total).toBe(500)
})

test('a page that was asked for before a click does not undo it', async () => {
  const { listing, server, truth } = await open(500)
  listing.show({ first: 400, last: 410 })
  await settle()
  const [row] = listing.getSnapshot().rows.slice(405, 406)
  if (!row) throw new Error('It was fetched')
  let answer = () => {}
  const late = new Promise<void>(resolve => {
    answer = resolve
  })
  server.script.request = async request => {
    const reply = await truth.script.request(request)
    if (request.method === 'GET') await late
    return reply
  }
  truth.create()
  await server.clock.advance(1_000)
  await listing.act('read', [row])
  answer()
  await settle()
  expect(listing.getSnapshot().rows[406]).toMatchObject({ id: row.id, is_read: true })
})

test('all between two rows, though most of it was never seen', async () => {
  const { listing } = await open(500)
  const [first] = listing.getSnapshot().rows
  listing.show({ first: 450, last: 460 })
  await settle()
  const last = listing.getSnapshot().rows[455]
  const items = await listing.between(last?.id ?? '', first?.id ?? '')
  expect(items.length).toBe(456)
})

test('a fetch that failed says why, and goes on when it is asked to', async () => {
  const { listing, server, truth } = await open(500)
  server.script.request = () => ({ status: 503, body: { detail: 'Not now' } })
  listing.show({ first: 200, last: 210 })
  await settle()
  expect(listing.getSnapshot().failure).toMatchObject({ message: 'Not now' })
  server.script.request = truth.script.request
  listing.retry()
  await settle()
  expect(listing.getSnapshot()).toMatchObject({ failure: null })
  expect(titles(listing)[200]).toBe('Note 300')
})

test('a server that makes no sense is not asked for ever', async () => {
  const page = await open(500)
  const { listing, server, truth } = page
  let total = 500
  server.script.request = request => {
    if (request.method !== 'GET') return truth.script.request(request)
    total += 1
    // Always longer, always newer, and never with the rows that were asked for.
    return { status: 200, body: { ...truth.page(1), next_cursor: '500', total, version: 500 + total } }
  }
  listing.show({ first: 200, last: 210 })
  await settle()
  expect(pages(page).length).toBeLessThan(200)
})

test('many marked read at once are unread again after the undo', async () => {
  const page = await open(200)
  const { listing, truth } = page
  listing.show({ first: 100, last: 110 })
  await settle()
  const done = await listing.markAllRead()
  expect(listing.getSnapshot().rows[105]?.is_read).toBe(true)
  if (done.ok) await done.undo()
  await refreshed(page)
  expect(listing.getSnapshot().rows[105]?.is_read).toBe(false)
  expect(truth.page(1).unread_count).toBe(200)
})

const step = fc.oneof(
  fc.record({ do: fc.constant('create' as const), low: fc.boolean() }),
  fc.record({
    do: fc.constantFrom('read' as const, 'unread', 'delete', 'restore'),
    // Of the whole history, so that also rows are hit that were never loaded.
    nth: fc.nat({ max: 400 }),
    here: fc.boolean(),
  }),
  fc.record({ do: fc.constant('look' as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ do: fc.constantFrom('wait' as const, 'readAll', 'cut') }),
)

test.each<[string, PageFilters]>([
  ['the whole list', {}],
  ['what has a priority', { priority: 'low' }],
  ['what is unread', { unreadOnly: true }],
])('%s: whatever happens, what is looked at in the end is what the server has', async (_, filters) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
      const page = await liveHarness(300)
      const { server, truth, inbox } = page
      for (const item of truth.page(1e9).notifications) if (item.seq % 3 === 0) truth.setRead(item.id, true)
      let asked = 0
      server.script.request = request => {
        asked += 1
        // It would go on for ever.
        if (asked > 3_000) throw new Error('It asks without end')
        return truth.script.request(request)
      }
      const listing = createListing(inbox, { filters, environment: server.environment })
      listing.subscribe(() => {})
      await settle()
      for (const each of steps) {
        const { rows } = listing.getSnapshot()
        if (each.do === 'create') truth.create({ priority: each.low ? 'low' : 'high' })
        else if (each.do === 'look') {
          const first = Math.floor(each.at * rows.length)
          listing.show({ first, last: first + 10 })
        } else if (each.do === 'wait') await refreshed(page)
        else if (each.do === 'readAll') truth.readAll()
        else if (each.do === 'cut') {
          server.connection.close(1006)
          truth.create()
        } else if ('nth' in each) {
          const row = rows[each.nth]
          if (each.here && row && each.do !== 'restore') void listing.act(each.do, [row])
          else {
            const id = `00000000-0000-4000-8000-${String(each.nth + 1).padStart(12, '0')}`
            if (each.do === 'delete' || each.do === 'restore') truth.setDeleted(id, each.do === 'delete')
            else truth.setRead(id, each.do === 'read')
          }
        }
        await settle()
      }
      await server.clock.advance(60_000)
      const expected = truth.page(1e9, null, filters).notifications.map(({ id }) => id)
      const wanted = new Set(expected)
      // Looked through from the top twice: what was found in disorder on the way is in order then.
      const seen: string[] = []
      for (let round = 0; round < 2; round += 1) {
        seen.length = 0
        for (let first = 0; first < listing.getSnapshot().rows.length; first += 10) {
          listing.show({ first, last: first + 9 })
          await settle()
          await refreshed(page)
        }
        seen.push(...listing.getSnapshot().rows.flatMap(row => (row ? [row.id] : ['unknown'])))
      }
      expect(asked).toBeLessThan(3_000)
      expect(seen.filter(id => wanted.has(id) || filters.unreadOnly !== true)).toEqual(expected)
      if (!filters.unreadOnly) return
      for (const row of listing.getSnapshot().rows)
        expect(row && (wanted.has(row.id) || row.is_read)).toBe(true)
    }),
    { numRuns: 40 },
  )
})

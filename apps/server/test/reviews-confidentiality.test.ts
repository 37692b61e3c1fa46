/**
 * What the one reviewed can find out: everything the API and a socket tell them is compared between worlds that differ
 * only in what they must not know. No answer, name, id, count, order or time may differ.
 */
import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createTestClock, type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { heard } from './goal-calls.ts'
import {
  act,
  actCycle,
  allAnswers,
  choosePeers,
  draftCycle,
  readReview,
  reviewId,
  write,
} from './review-calls.ts'

// Each look at a world is hundreds of calls.
vi.setConfig({ testTimeout: 120_000 })

const servers: TestServer[] = []
afterEach(() => Promise.all(servers.splice(0).map(server => server.close())))

type World = Awaited<ReturnType<typeof makeWorld>>

/** Mary > Jane > John > Rita, Pete and Paula below Jane; Hugo is HR and below Jane, too. Both are reviewed. */
async function makeWorld() {
  const clock = createTestClock('2027-03-01T09:00:00.000Z')
  const server = await startServer({ clock })
  servers.push(server)
  const { addPerson } = server
  const mary = await addPerson('Mary Okafor')
  const jane = await addPerson('Jane Smith', { supervisor: mary })
  const john = await addPerson('John Doe', { supervisor: jane })
  const rita = await addPerson('Rita Report', { supervisor: john })
  const pete = await addPerson('Pete Peer', { supervisor: jane })
  const paula = await addPerson('Paula Peer', { supervisor: jane })
  const hana = await addPerson('Hana Sato', { role: 'hr' })
  const hugo = await addPerson('Hugo Rey', { role: 'hr', supervisor: jane })
  const cast = { mary, jane, john, rita, pete, paula, hana, hugo }
  // Who signs in when is known to some: everybody does at once, and again when the sessions have ended.
  const rests = {} as Record<keyof typeof cast, Rest>
  const signIn = async () => {
    for (const [who, person] of Object.entries(cast))
      rests[who as keyof typeof cast] = await server.as(person)
  }
  await signIn()
  const { id: cycleId } = await draftCycle(rests.hana, [john, hugo])
  return {
    server,
    clock,
    cast,
    cycleId,
    rests,
    signIn,
    /** The id of what one writes about another; one that is nothing's where they do not. */
    review: (of: keyof typeof cast, by: keyof typeof cast) =>
      reviewId(server, cycleId, cast[of], cast[by]).catch(() => randomUUID()),
  }
}

type Reviewed = 'john' | 'hugo'
const PEERS = ['pete', 'paula', 'rita'] as const
type Peer = (typeof PEERS)[number]

async function begin(world: World, of: Reviewed, peers: readonly Peer[]): Promise<void> {
  const hana = world.rests.hana
  await choosePeers(
    hana,
    world.cycleId,
    world.cast[of],
    peers.map(peer => world.cast[peer]),
  )
  await actCycle(hana, world.cycleId, 'activate')
}

async function draft(world: World, of: Reviewed, by: Peer | 'jane', rating = 2): Promise<void> {
  const [rest, id] = [world.rests[by], await world.review(of, by)]
  await act(rest, id, 'save', allAnswers(await readReview(rest, id), rating, `Secret of ${by}`))
}

async function submit(
  world: World,
  of: Reviewed,
  by: Peer | 'jane',
  rating = 2,
  comment: string = by,
): Promise<void> {
  await write(world.rests[by], await world.review(of, by), rating, `Secret of ${comment}`)
}

/** Ten days after the deadline, whatever time does having been done. */
async function passTheDeadline({ server, clock, signIn }: World): Promise<void> {
  for (const days of [28, 2, 2, 8]) {
    clock.advance(days * 86_400_000)
    await server.app.jobs.run('review-reminders')
  }
  await signIn()
}

/** All that somebody can see: the answer to every GET there is, and what their sockets were told meanwhile. */
async function everythingSeenBy(
  world: World,
  viewer: Reviewed,
  meanwhile: () => Promise<void>,
): Promise<Map<string, string>> {
  const { server, cast } = world
  const plain = await server.socket(cast[viewer])
  await plain.next('connection_established')
  const resuming = await server.socket(cast[viewer], { query: { since: '0' } })
  await resuming.next('sync')
  await meanwhile()
  const seen = new Map<string, string>()
  const names = await namesOf(world, viewer)
  const rest = world.rests[viewer]
  for (const path of await pathsOf(rest, names)) {
    const { status, body } = await rest.get<unknown>(path)
    seen.set(`GET ${readable(path, names)}`, `${status} ${readable(JSON.stringify(body), names)}`)
  }
  for (const [name, socket] of Object.entries({ plain, resuming })) {
    seen.set(`${name} socket`, readable(JSON.stringify(await heard(socket)), names))
  }
  return seen
}

/** What each id is of. Ids that are not here are worth asking for as little as any other. */
async function namesOf(world: World, viewer: Reviewed): Promise<Map<string, string>> {
  const { cast, cycleId, review } = world
  const names = new Map<string, string>()
  for (const who of [viewer, 'jane', 'hana', ...PEERS] as const) names.set(cast[who].id, who)
  names.set(cycleId, 'cycle')
  for (const by of [viewer, 'jane', ...PEERS] as const) names.set(await review(viewer, by), `review by ${by}`)
  return names
}

/** In both worlds the same words stand for the same things. */
function readable(text: string, names: ReadonlyMap<string, string>): string {
  return text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, id => names.get(id) ?? '<id>')
}

/** Enough for every combination of what reviews are listed by. */
const MOST_COMBINED = 130

interface Parameter {
  name: string
  in: string
  schema: { enum?: string[]; format?: string }
}

interface Described {
  paths: Record<string, { get?: { parameters?: Parameter[] } }>
}

/** Every GET of the API, with each id of interest, and every choice that its query offers. */
async function pathsOf(rest: Rest, names: ReadonlyMap<string, string>): Promise<string[]> {
  const { body } = await rest.get<Described>('/api/openapi.json')
  const ids = [...names.keys(), randomUUID()]
  return Object.entries(body.paths).flatMap(([path, { get }]) => {
    if (!get) return []
    const holes = path.match(/\{\w+\}/g) ?? []
    if (holes.length > 0) {
      return holes.reduce<string[]>(
        (paths, hole) => paths.flatMap(each => ids.map(id => each.replace(hole, id))),
        [path],
      )
    }
    const queries = (get.parameters ?? []).filter(parameter => parameter.in === 'query')
    return choicesOf(queries, ids).map(choice => `${path}?${choice}`)
  })
}

/** Combinations of the words that a query takes, where they are too many each word, and each id with each scope. */
function choicesOf(queries: readonly Parameter[], ids: readonly string[]): string[] {
  const wordsOf = ({ name, schema }: Parameter) => ['', ...(schema.enum ?? []).map(word => `${name}=${word}`)]
  const words = queries.map(wordsOf)
  const combined = words.reduce((product, each) => product * each.length, 1)
  const lines =
    combined > MOST_COMBINED
      ? [...new Set(words.flat())]
      : words.reduce((some, each) => some.flatMap(line => each.map(word => `${line}&${word}`)), [''])
  const scopes = queries.filter(({ name }) => name === 'scope').flatMap(wordsOf)
  const byId = queries
    .filter(({ schema }) => schema.format === 'uuid')
    .flatMap(({ name }) =>
      ids.flatMap(id => (scopes.length > 0 ? scopes : ['']).map(scope => `${scope}&${name}=${id}`)),
    )
  return [...lines, ...byId].map(line => line.split('&').filter(Boolean).join('&'))
}

/** Where two views differ, and how. */
function differences(
  one: Map<string, string>,
  other: Map<string, string>,
): Record<string, [unknown, unknown]> {
  const found: Record<string, [unknown, unknown]> = {}
  for (const place of new Set([...one.keys(), ...other.keys()])) {
    if (one.get(place) !== other.get(place)) found[place] = [one.get(place), other.get(place)]
  }
  return found
}

/** Worlds in which nothing hidden happened, each looked at once. */
const untouched = new Map<string, Promise<Map<string, string>>>()

/** What somebody sees of a world in which this happened after the cycle began with these peers. */
function viewOf(
  viewer: Reviewed,
  peers: readonly Peer[],
  hidden?: (world: World) => Promise<void>,
): Promise<Map<string, string>> {
  const look = async () => {
    const world = await makeWorld()
    return everythingSeenBy(world, viewer, async () => {
      await begin(world, viewer, peers)
      await draft(world, viewer, 'jane')
      await hidden?.(world)
    })
  }
  if (hidden) return look()
  const key = [viewer, ...peers].join()
  const view = untouched.get(key) ?? look()
  untouched.set(key, view)
  return view
}

const ALL: readonly Peer[] = ['pete', 'rita']
const HUGOS: readonly Peer[] = ['pete', 'paula']

test('the walk sees enough: all of what it must not differ in, and what it may', async () => {
  const before = await viewOf('john', ALL)
  const after = await viewOf('john', ALL, world => submit(world, 'john', 'jane'))
  const places = [...before.keys()]
  for (const place of [
    'GET /api/reviews/review by pete',
    'GET /api/review-cycles/cycle/results/john',
    'GET /api/review-cycles/cycle/participants',
    'GET /api/reviews?scope=about_me&status=in_progress&kind=peer',
    'GET /api/reviews?scope=all&reviewee_id=john',
    'GET /api/notifications?',
    'GET /api/approvals?scope=mine',
    'resuming socket',
  ]) {
    expect(places).toContain(place)
  }
  expect(Object.keys(differences(before, after))).toEqual(
    expect.arrayContaining(['GET /api/reviews/review by jane', 'GET /api/notifications?', 'plain socket']),
  )
})

describe('while peers write, nothing differs to the one reviewed', () => {
  test.each<[string, readonly Peer[], ((world: World) => Promise<void>)?]>([
    ['others are chosen', ['paula']],
    ['nobody is chosen', []],
    [
      'they draft',
      ALL,
      async world => {
        for (const peer of ALL) await draft(world, 'john', peer)
      },
    ],
    [
      'one drafts and one submits',
      ALL,
      async world => {
        await draft(world, 'john', 'rita')
        await submit(world, 'john', 'pete', 1)
      },
    ],
    [
      'all submit',
      ALL,
      async world => {
        for (const peer of ALL) await submit(world, 'john', peer, 5)
      },
    ],
    [
      'a review is reopened and another one is given to somebody else',
      ALL,
      async world => {
        const hana = world.rests.hana
        await submit(world, 'john', 'pete', 5)
        await act(hana, await world.review('john', 'pete'), 'reopen')
        await act(hana, await world.review('john', 'rita'), 'reassign', { reviewer_id: world.cast.paula.id })
      },
    ],
  ])('whether or not %s', async (_, peers, hidden) => {
    expect(differences(await viewOf('john', ALL), await viewOf('john', peers, hidden))).toEqual({})
  })

  test.each(['john', 'hugo'] as const)('nor, to %s, that their supervisor drafts', async viewer => {
    const view = async (drafts: boolean) => {
      const world = await makeWorld()
      return everythingSeenBy(world, viewer, async () => {
        await begin(world, viewer, ['pete'])
        if (drafts) await draft(world, viewer, 'jane')
      })
    }
    expect(differences(await view(false), await view(true))).toEqual({})
  })

  test('nor when they are late: not even to the supervisor of a peer', async () => {
    const late = await viewOf('john', ALL, passTheDeadline)
    const done = await viewOf('john', ALL, async world => {
      for (const peer of ALL) await submit(world, 'john', peer)
      await passTheDeadline(world)
    })
    expect(differences(late, done)).toEqual({})
    expect(differences(late, await viewOf('john', [], passTheDeadline))).toEqual({})
  })
})

describe('to somebody of HR who is reviewed', () => {
  test('nothing differs by who was chosen, or while peers draft', async () => {
    const nothing = await viewOf('hugo', HUGOS)
    const drafted = await viewOf('hugo', HUGOS, async world => {
      await draft(world, 'hugo', 'pete')
      await draft(world, 'hugo', 'paula')
    })
    expect(differences(nothing, drafted)).toEqual({})
    expect(differences(nothing, await viewOf('hugo', ['rita']))).toEqual({})
  })

  test('nor does the audit trail, or any count, tell that peers submitted', async () => {
    const submitted = await viewOf('hugo', HUGOS, async world => {
      await submit(world, 'hugo', 'pete')
      await draft(world, 'hugo', 'paula')
      await act(world.rests.hana, await world.review('hugo', 'pete'), 'reopen')
    })
    expect(differences(await viewOf('hugo', HUGOS), submitted)).toEqual({})
  })
})

describe('once the cycle is completed', () => {
  const complete = async (world: World) => actCycle(world.rests.hana, world.cycleId, 'complete')

  test('who wrote what does not show', async () => {
    const view = (first: Peer, second: Peer) =>
      viewOf('john', ['pete', 'paula'], async world => {
        await submit(world, 'john', first, 5, 'one')
        await submit(world, 'john', second, 1, 'other')
        await complete(world)
      })
    const one = await view('pete', 'paula')
    expect(differences(one, await view('paula', 'pete'))).toEqual({})
    expect(one.get('GET /api/review-cycles/cycle/results/john')).toContain('Secret of other')
  })

  test('what a single peer wrote does not show, nor that they did', async () => {
    const silent = await viewOf('john', ALL, async world => {
      await draft(world, 'john', 'pete')
      await complete(world)
    })
    const single = await viewOf('john', ALL, async world => {
      await submit(world, 'john', 'pete', 1)
      await complete(world)
    })
    expect(differences(silent, single)).toEqual({})
  })
})

test('supervisors read what peers wrote, and are not told which of them it was', async () => {
  const world = await makeWorld()
  await begin(world, 'john', ALL)
  await draft(world, 'john', 'rita')
  await passTheDeadline(world)
  await submit(world, 'john', 'pete')
  const id = await world.review('john', 'pete')
  const jane = world.rests.jane
  expect((await readReview(jane, id)).answers?.[0]).toMatchObject({ comment: 'Secret of pete' })
  for (const path of [
    `/api/reviews/${id}`,
    '/api/reviews?scope=all',
    '/api/reviews?scope=team',
    `/api/review-cycles/${world.cycleId}/participants`,
    `/api/review-cycles/${world.cycleId}/results/${world.cast.john.id}`,
    '/api/notifications?limit=100',
    '/api/approvals',
  ]) {
    const { status, body } = await jane.get(path)
    expect(status, path).toBe(200)
    for (const peer of ALL) {
      expect(JSON.stringify(body), path).not.toContain(world.cast[peer].id)
      expect(JSON.stringify(body), path).not.toContain(world.cast[peer].name)
    }
  }
})

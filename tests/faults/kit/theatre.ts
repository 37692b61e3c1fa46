/**
 * What every scene of a cluster has around it: people with tabs, a writer, and at the end the judges of what was
 * answered, of what everybody sees, and of what the servers leave.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cluster, openCluster } from './cluster.ts'
import { expectFates } from './fates.ts'
import { chanceOf, freshSeed } from './random.ts'
import { allShowTheTruth, expectNoGhosts, readLedger, versionOf } from './truth.ts'
import { eventually, SCENE_MS } from './until.ts'
import { isLive, type Watched, watch } from './watched.ts'
import { createWriter, type Writer } from './writer.ts'

export interface ClusterSize {
  nodes: number
  chiefs: number
  /** Of each person. */
  tabs: number
}

/** A cluster for the tests of a file, with clients and a writer for each of them. */
export function openTheatre({ nodes, chiefs, tabs }: ClusterSize) {
  const everybody: Watched[] = []
  let cluster: Cluster
  let clients: Watched[] = []
  let writer: Writer
  beforeAll(async () => {
    cluster = await openCluster({ nodes, chiefs, staffEach: 2 })
  }, SCENE_MS)
  afterAll(() => cluster?.close(), SCENE_MS)

  function leave(): void {
    for (const { inbox } of clients) inbox.close()
  }

  return {
    async begin() {
      const chance = chanceOf(freshSeed())
      const members = [...cluster.cast.chiefs, ...cluster.cast.staff]
      clients = members.flatMap(member =>
        // Their clocks go as everybody's do: what is printed is what people see.
        Array.from({ length: tabs }, () => watch(member, { url: cluster.url, speed: 1 })),
      )
      everybody.push(...clients)
      writer = createWriter({ stage: cluster, chance, tended: clients })
      await eventually(() => clients.every(isLive), 'every client is live')
      return { cluster, clients, writer, chance }
    },
    /** Whether what was answered is what happened, and everybody sees it. Answers how long that took. */
    async judge(): Promise<number> {
      await writer.rest()
      const caughtUp = await allShowTheTruth(cluster.url, clients)
      await expectFates(cluster.databaseUrl, writer.journal)
      leave()
      return caughtUp
    },
    /** The last test: what remains when all is over. */
    end() {
      test(
        'what the servers leave is sound, and nobody was ever shown anything else',
        async () => {
          leave()
          for (const { code, stderr } of await cluster.stop())
            expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
          expectNoGhosts(await readLedger(cluster.dataDir, cluster.databaseUrl), everybody)
          const log = cluster.nginx.accessLog()
          for (const { port } of cluster.nodes)
            expect(log, 'every server has written').toMatch(
              new RegExp(`"POST [^"]+" 201 .*"127.0.0.1:${port}"`),
            )
        },
        SCENE_MS,
      )
    },
  }
}

/** Resolves when all clients are live and have what was committed by now, whatever is written meanwhile. */
export async function allReachNow(
  { url, cast }: Cluster,
  clients: readonly Watched[],
  patienceMs?: number,
): Promise<void> {
  const versions = new Map<string, number>()
  await Promise.all(
    [...cast.chiefs, ...cast.staff].map(member =>
      eventually(async () => {
        const version = await versionOf(url, member)
        if (version !== null) versions.set(member.id, version)
        return version !== null
      }, 'it is told where an inbox stands'),
    ),
  )
  const isThere = (client: Watched) =>
    isLive(client) && client.inbox.getSnapshot().version >= (versions.get(client.member.id) ?? 0)
  await eventually(
    () => clients.every(isThere),
    () =>
      `these lack what was there when it was over: ${clients
        .filter(one => !isThere(one))
        .map(describe)
        .join('; ')}`,
    patienceMs,
  )
}

function describe({ member, inbox, figures }: Watched): string {
  const { connection, version } = inbox.getSnapshot()
  return `${member.name} ${connection.status} at ${version}, closed by ${figures.closes.join('/')}`
}

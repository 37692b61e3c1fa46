/** The numbers of one process, as they are kept and as they are counted here. */
import { performance } from 'node:perf_hooks'
import type { HubReadings } from '@pms/notifier'

/** What a process writes down of itself. Those that count only grow while it lives. */
export interface Numbers {
  connections: number
  users: number
  bus_connected: boolean
  version_lag: number
  /** How much waits in the whole installation. */
  queue: number
  deliveries: number
  /** Notifications whose way to the sockets was timed, and how long it took in all. */
  timed: number
  timed_ms: number
  sync_pages: number
  resets: number
  gaps_healed: number
  slow_readers: number
  commands_refused: number
  /** Connections that the journal had no room for. */
  unrecorded: number
  memory_bytes: number
  busy: number
}

export function createNumbers(
  readings: () => HubReadings,
  unrecorded: () => number,
): (queue: number) => Numbers {
  let before = performance.eventLoopUtilization()
  let busy = 0
  return queue => {
    const hub = readings()
    const now = performance.eventLoopUtilization()
    const since = performance.eventLoopUtilization(now, before)
    // Over less than a second it says nothing.
    if (since.idle + since.active >= 1_000) {
      busy = since.utilization
      before = now
    }
    return {
      connections: hub.totalConnections,
      users: hub.activeUsers,
      bus_connected: hub.isBusConnected,
      version_lag: hub.versionLag,
      queue,
      deliveries: hub.delivered,
      timed: hub.deliveryMs.counts.reduce((sum, count) => sum + count, 0),
      timed_ms: hub.deliveryMs.sum,
      sync_pages: hub.pages,
      resets: hub.resets,
      gaps_healed: hub.gapsHealed,
      slow_readers: hub.slowReaders,
      commands_refused: hub.refusedCommands,
      unrecorded: unrecorded(),
      memory_bytes: process.memoryUsage.rss(),
      busy,
    }
  }
}

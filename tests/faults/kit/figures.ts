/** What a scene counts, and the line it prints. */

/** What clients were told, all together or one of them. */
export interface Figures {
  /** Changes told one by one as they were committed. */
  live: number
  /** Rows told in pages of what was missed. */
  replayed: number
  resets: number
  /** Sockets that were greeted. */
  greetings: number
  /** When each of them was, by `performance.now()`. */
  greetedAt: number[]
  /** `server_draining` */
  announcements: number
  /** `auth_refreshed` */
  renewals: number
  /** How sockets ended. */
  closes: number[]
}

export const noFigures = (): Figures => ({
  live: 0,
  replayed: 0,
  resets: 0,
  greetings: 0,
  greetedAt: [],
  announcements: 0,
  renewals: 0,
  closes: [],
})

/** Counts one frame. */
export function countFrame(figures: Figures, text: string): void {
  if (text === 'pong') return
  const message = JSON.parse(text)
  switch (message.type) {
    case 'connection_established':
      figures.greetings += 1
      figures.greetedAt.push(performance.now())
      break
    case 'sync':
      figures.replayed += message.notifications.length + message.deleted.length
      break
    case 'sync_reset':
      figures.resets += 1
      break
    case 'server_draining':
      figures.announcements += 1
      break
    case 'auth_refreshed':
      figures.renewals += 1
      break
    default:
      if (message.version !== undefined) figures.live += 1
  }
}

export function sum(all: readonly { figures: Figures }[]) {
  const total = (of: (figures: Figures) => number) => all.reduce((so, { figures }) => so + of(figures), 0)
  return {
    live: total(({ live }) => live),
    replayed: total(({ replayed }) => replayed),
    resets: total(({ resets }) => resets),
    reconnects: total(({ greetings }) => Math.max(greetings - 1, 0)),
  }
}

/** One line: a name, then whatever was counted. */
export function report(scene: string, figures: Readonly<Record<string, number | string>>): void {
  const parts = Object.entries(figures).map(([name, value]) => `${name} ${value}`)
  process.stdout.write(`faults | ${scene} | ${parts.join(', ')}\n`)
}

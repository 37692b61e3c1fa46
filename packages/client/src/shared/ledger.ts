/**
 * Sees to it that a person is made aware of each thing once, in one tab. The leader assigns; every tab keeps account
 * of what was assigned and not presented yet, because any of them may have to lead next.
 */
import type { Announcement } from '../news.ts'
import type { Presentation } from '../types.ts'
import type { Bye, NewsMessage, Presented } from './messages.ts'
import type { Choice } from './presenter.ts'

/** Something assigned is looked after when it has not been presented for so long. */
const PRESENTED_WITHIN = 3_000

type Assignment = Pick<NewsMessage, 'number' | 'announcement' | 'told' | 'again'>

export interface LedgerOptions {
  readonly id: string
  schedule(run: () => void, delay: number): () => void
  post(message: NewsMessage | Presented): void
  /** Which tabs are there, and whether this one leads, as the browser itself knows it. */
  census(): Promise<{ readonly leading: boolean; readonly alive: ReadonlySet<string> }>
  /** Of those that are alive. Null where this tab does not lead. */
  choose(alive: ReadonlySet<string>): (Choice & { readonly term: number }) | null
  present(announcement: Announcement, presentation: Presentation): void
}

export interface Ledger {
  /** Up to where the person has been told, as far as is known here. */
  readonly told: number | null
  /** All that is new was assigned: nothing is on its way to be, or had to be left. */
  readonly idle: boolean
  /** For the leader: assigns. `told` is where the person stands with it. */
  announce(announcement: Announcement, told: number): void
  learn(told: number | null): void
  hear(message: NewsMessage | Presented | Bye): void
  /** Assigns anew what went to tabs that are gone. */
  reassess(): void
  stop(): void
}

export function createLedger(options: LedgerOptions): Ledger {
  const { id, post } = options
  const assigned = new Map<string, NewsMessage>()
  let told: number | null = null
  let count = 0
  let waiting = 0
  let isBehind = false
  let queue = Promise.resolve()
  let cancelReassess: (() => void) | null = null
  let stopped = false

  /**
   * A leader that was held up may have been deposed without having noticed, and its successor has told the same
   * things by then. So nothing is assigned on this page's word alone.
   */
  function afterCensus(work: (alive: ReadonlySet<string>) => void): void {
    waiting++
    queue = queue.then(async () => {
      const { leading, alive } = await options.census()
      waiting--
      if (leading && !stopped) work(alive)
      // What was to be assigned is left to whoever leads now.
      else isBehind = true
    })
  }

  function assign(message: Assignment, alive: ReadonlySet<string>): void {
    const choice = options.choose(alive)
    if (choice === null) return
    const news: NewsMessage = { ...message, kind: 'news', from: id, ...choice }
    post(news)
    take(news)
  }

  function take(news: NewsMessage): void {
    const mine = news.presenter === id
    assigned.delete(news.number)
    // A leader does its own part in the moment it assigns it.
    if (!mine && news.presenter !== news.from) assigned.set(news.number, news)
    if (assigned.size > 0) plan()
    if (mine && news.from !== id) post({ kind: 'presented', number: news.number })
    if (!news.again) told = news.told
    if (mine || !news.again) options.present(news.announcement, mine ? news.presentation : 'none')
  }

  function plan(): void {
    cancelReassess ??= options.schedule(() => {
      cancelReassess = null
      ledger.reassess()
    }, PRESENTED_WITHIN)
  }

  const ledger: Ledger = {
    get told() {
      return told
    },
    get idle() {
      return waiting === 0 && !isBehind
    },
    announce(announcement, upTo) {
      const number = `${id} ${++count}`
      afterCensus(alive => assign({ announcement, told: upTo, number, again: false }, alive))
    },
    learn(heard) {
      told = heard
      isBehind = false
    },
    hear(message) {
      switch (message.kind) {
        case 'news':
          take(message)
          return
        case 'presented':
          assigned.delete(message.number)
          return
        case 'bye':
          if ([...assigned.values()].some(({ presenter }) => presenter === message.from)) ledger.reassess()
      }
    },
    reassess() {
      if (assigned.size === 0) return
      afterCensus(alive => {
        for (const news of [...assigned.values()])
          if (!alive.has(news.presenter)) assign({ ...news, again: true }, alive)
      })
      plan()
    },
    stop() {
      stopped = true
      cancelReassess?.()
    },
  }
  return ledger
}

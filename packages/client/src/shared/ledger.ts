/**
 * Sees to it that a person is made aware of each thing once, in one tab. The leader assigns; every tab keeps account
 * of what was assigned and not presented yet, because any of them may have to lead next.
 */
import type { Announcement } from '../news.ts'
import type { Presentation } from '../types.ts'
import type { Bye, NewsMessage, Presented } from './messages.ts'
import type { Choice } from './presenter.ts'
import type { Told } from './told.ts'

/** Something assigned is looked after when it has not been presented for so long. */
const PRESENTED_WITHIN = 3_000
const REMEMBERED = 200

type Assignment = Pick<NewsMessage, 'number' | 'announcement' | 'again'>

interface Entry {
  readonly news: NewsMessage
  readonly at: number
}

export interface LedgerOptions {
  readonly id: string
  now(): number
  schedule(run: () => void, delay: number): () => void
  post(message: NewsMessage | Presented): void
  /** Which tabs are there, and whether this one leads, as the browser itself knows it. */
  census(): Promise<{ readonly leading: boolean; readonly alive: ReadonlySet<string> }>
  /** Of those that are alive. Null where this tab does not lead. */
  choose(alive: ReadonlySet<string>): (Choice & { readonly term: number }) | null
  present(announcement: Announcement, presentation: Presentation): void
  readonly told: Pick<Told, 'read' | 'write'>
  /** Of the database that this tab shows. */
  epoch(): string | null
}

export interface Ledger {
  /** This tab leads from here on. */
  begin(): void
  /** For the leader: assigns. With it the person has been told up to there. */
  announce(announcement: Announcement, upTo: number): void
  /** For the leader: nothing was new up to there but what was announced. */
  note(upTo: number): void
  hear(message: NewsMessage | Presented | Bye): void
  stop(): void
}

export function createLedger(options: LedgerOptions): Ledger {
  const { id, post } = options
  const assigned = new Map<string, Entry>()
  /** By number: the term of the leader that assigned it last. An earlier one, heard late, has no say any more. */
  const terms = new Map<string, number>()
  let count = 0
  let leadership = 0
  /** On their way to be assigned, or left behind by a leader that was none any more. */
  let waiting = 0
  let queue = Promise.resolve()
  let cancelReassess: (() => void) | null = null
  let stopped = false

  /**
   * A leader that was held up may have been deposed without having noticed, and its successor has told the same
   * things by then. So nothing is assigned on this page's word alone.
   */
  function afterCensus(work: (alive: ReadonlySet<string>) => void): void {
    const mine = leadership
    waiting++
    queue = queue.then(async () => {
      const { leading, alive } = await options.census()
      // What was to be assigned is left to whoever leads now, so it must not be noted as told.
      if (!leading || stopped || mine !== leadership) return
      waiting--
      work(alive)
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
    if (news.term < (terms.get(news.number) ?? 0)) return
    remember(news)
    const mine = news.presenter === id
    assigned.delete(news.number)
    // A leader does its own part in the moment it assigns it.
    if (!mine && news.presenter !== news.from) assigned.set(news.number, { news, at: options.now() })
    plan()
    if (mine && news.from !== id) post({ kind: 'presented', number: news.number })
    if (mine || !news.again) options.present(news.announcement, mine ? news.presentation : 'none')
  }

  function remember({ number, term }: NewsMessage): void {
    terms.set(number, term)
    const [oldest] = terms.keys()
    if (terms.size > REMEMBERED && oldest !== undefined) terms.delete(oldest)
  }

  function plan(): void {
    if (assigned.size === 0) return
    cancelReassess ??= options.schedule(() => {
      cancelReassess = null
      reassess(({ at, news }, alive) => options.now() - at >= PRESENTED_WITHIN && !alive.has(news.presenter))
      plan()
    }, PRESENTED_WITHIN)
  }

  /** Assigns anew what went to tabs that are gone and have not said that they presented it. */
  function reassess(isGone: (entry: Entry, alive: ReadonlySet<string>) => boolean): void {
    if (assigned.size === 0) return
    afterCensus(alive => {
      for (const entry of [...assigned.values()])
        if (isGone(entry, alive)) assign({ ...entry.news, again: true }, alive)
    })
  }

  const ledger: Ledger = {
    begin() {
      leadership++
      waiting = 0
    },
    announce(announcement, upTo) {
      const number = `${id} ${++count}`
      afterCensus(alive => {
        // Meanwhile more may be known of what the leader before this one has told.
        const before = options.told.read(options.epoch()) ?? 0
        const notifications = announcement.notifications.filter(({ seq }) => seq > before)
        options.told.write(options.epoch(), upTo)
        if (notifications.length > 0)
          assign({ announcement: { ...announcement, notifications }, number, again: false }, alive)
      })
    },
    note(upTo) {
      if (waiting === 0) options.told.write(options.epoch(), upTo)
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
          // Its last word: whatever it presented it has said before.
          reassess(({ news }) => news.presenter === message.from)
      }
    },
    stop() {
      stopped = true
      cancelReassess?.()
    },
  }
  return ledger
}

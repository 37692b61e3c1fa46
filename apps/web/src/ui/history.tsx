/** What happened to a thing, newest first. */
import { Clock } from 'lucide-react'
import type { ReactNode } from 'react'
import { Avatar } from './avatar.tsx'
import { Ago } from './time.tsx'

export interface HistoryEntry {
  id: string
  /** Who did it; null: time did. */
  actor: { name: string } | null
  /** The actor as a sentence begins with them: "You". */
  who: string
  /** What they did: "approved the goal". */
  deed: ReactNode
  note: ReactNode
  at: string
}

/** @param entries oldest first, as they happened */
export function History({ entries, loading }: { entries: readonly HistoryEntry[]; loading: boolean }) {
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="mb-4 text-base font-semibold">
        History
      </h2>
      {loading ? (
        <div className="late space-y-5">
          <div className="skeleton h-4 w-72 max-w-full" />
          <div className="skeleton h-4 w-56 max-w-full" />
        </div>
      ) : (
        <ol>
          {entries.toReversed().map((entry, index) => (
            <li key={entry.id} className="relative flex gap-3 pb-5 last:pb-0">
              {index < entries.length - 1 && (
                <span
                  aria-hidden="true"
                  className="absolute top-7 bottom-1 left-3 w-px -translate-x-1/2 bg-line"
                />
              )}
              {entry.actor ? <Avatar name={entry.actor.name} /> : <Hour />}
              <div className="min-w-0 flex-1 pt-0.5 text-sm">
                <p className="text-muted">
                  <span className="font-medium text-ink">{entry.who}</span> {entry.deed}
                  <span aria-hidden="true"> · </span>
                  <Ago at={entry.at} className="whitespace-nowrap text-subtle" />
                </p>
                {entry.note && (
                  <p className="mt-1 whitespace-pre-wrap break-words text-ink text-pretty">{entry.note}</p>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

const Hour = () => (
  <span className="flex size-6 shrink-0 items-center justify-center rounded-full bg-pressed">
    <Clock aria-hidden="true" className="size-3.5 text-muted" />
  </span>
)

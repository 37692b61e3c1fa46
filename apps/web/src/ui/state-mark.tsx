/** A round mark for a state: a ring that fills with progress while active, a sign of its own otherwise. */
import type { Tone } from './pill.tsx'

const R = 4
const AROUND = 2 * Math.PI * R

export function StateMark({ tone, progress }: { tone: Tone; progress: number }) {
  const colour = `var(--${tone}-mark)`
  return (
    <svg viewBox="0 0 16 16" className="size-4 shrink-0" fill="none" aria-hidden="true">
      {tone === 'done' ? (
        <>
          <circle cx="8" cy="8" r="7" fill={colour} />
          <path d="m5 8.2 2.1 2.1L11 6" stroke="var(--surface)" strokeWidth="1.6" />
        </>
      ) : tone === 'neutral' ? (
        <>
          <circle cx="8" cy="8" r="7" fill={colour} />
          <path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" stroke="var(--surface)" strokeWidth="1.6" />
        </>
      ) : tone === 'returned' ? (
        <>
          <circle cx="8" cy="8" r="6.2" stroke={colour} strokeWidth="1.6" />
          <path d="M10.6 8H5.6m2-2.1L5.5 8l2.1 2.1" stroke={colour} strokeWidth="1.5" />
        </>
      ) : tone === 'awaiting' ? (
        <circle cx="8" cy="8" r="6.2" stroke={colour} strokeWidth="1.6" strokeDasharray="2.6 1.9" />
      ) : (
        <>
          <circle cx="8" cy="8" r="6.2" stroke={colour} strokeWidth="1.6" />
          <circle
            cx="8"
            cy="8"
            r={R / 2}
            stroke={colour}
            strokeWidth={R}
            strokeDasharray={`${(AROUND / 2) * (progress / 100)} ${AROUND}`}
            transform="rotate(-90 8 8)"
          />
        </>
      )}
    </svg>
  )
}

/**
 * Scores by trait: a line from one to five with a mark of its own shape for each voice, and the numbers beside it, in
 * one table. The lines are for eyes alone; whoever does not see them reads the numbers.
 */
import type { ReviewResults } from '@pms/contract'
import { RATINGS } from './words.ts'

type Trait = ReviewResults['traits'][number]
const VOICES = ['self', 'supervisor', 'peers'] as const
type Voice = (typeof VOICES)[number]

const LABELS: Record<Voice, string> = { self: 'Self', peers: 'Peers', supervisor: 'Supervisor' }

const HEIGHT = 40
const MIDDLE = HEIGHT / 2

export function ResultsChart({ traits }: { traits: readonly Trait[] }) {
  return (
    <table className="mt-6 w-full border-collapse text-sm">
      <caption className="sr-only">Scores from 1 to 5 by trait</caption>
      <thead>
        <tr className="border-b border-line text-left text-muted max-sm:block max-sm:pb-2">
          <th scope="col" className="py-2 pr-4 font-normal max-sm:sr-only">
            Trait
          </th>
          {/* Its place is kept for the lines, which say nothing that the numbers do not. */}
          <td aria-hidden="true" className="w-[40%] py-2 max-sm:hidden">
            <div className="relative mx-2 h-5 text-xs/5 text-subtle tabular-nums">
              {RATINGS.map(rating => (
                <span key={rating} className="absolute -translate-x-1/2" style={{ left: share(rating) }}>
                  {rating}
                </span>
              ))}
            </div>
          </td>
          {VOICES.map(voice => (
            <th
              key={voice}
              scope="col"
              className="py-2 pl-4 font-normal max-sm:inline-block max-sm:pl-0 max-sm:mr-4"
            >
              <span className="flex items-center gap-1.5 sm:justify-end">
                <Mark voice={voice} />
                {LABELS[voice]}
              </span>
            </th>
          ))}
          <th scope="col" className="py-2 pl-4 text-right font-normal max-sm:sr-only">
            Overall
          </th>
        </tr>
      </thead>
      <tbody>
        {traits.map(trait => (
          <tr key={trait.name} className="border-b border-line max-sm:grid max-sm:grid-cols-4 max-sm:py-2.5">
            <th
              scope="row"
              className="py-2 pr-4 text-left font-medium break-words max-sm:col-span-4 max-sm:py-1"
            >
              {trait.name}
            </th>
            <td aria-hidden="true" className="py-2 max-sm:col-span-4">
              <Line trait={trait} />
            </td>
            {VOICES.map(voice => (
              <Score key={voice} label={LABELS[voice]} value={trait[voice]} />
            ))}
            <Score label="Overall" value={trait.overall} strong />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Score = ({
  label,
  value,
  strong = false,
}: {
  label: string
  value: number | null
  strong?: boolean
}) => (
  <td className={`py-2 text-right tabular-nums sm:pl-4 max-sm:text-left ${strong ? 'font-semibold' : ''}`}>
    <span aria-hidden="true" className="block text-xs font-normal text-muted sm:hidden">
      {label}
    </span>
    {value === null ? (
      <>
        <span aria-hidden="true" className="text-subtle">
          –
        </span>
        <span className="sr-only">none</span>
      </>
    ) : (
      value.toFixed(2)
    )}
  </td>
)

/** How far along the line from one to five. */
const share = (score: number) => `${((score - 1) / 4) * 100}%`

function Line({ trait }: { trait: Trait }) {
  const scores = VOICES.map(voice => trait[voice]).filter(score => score !== null)
  return (
    <svg width="100%" height={HEIGHT} className="overflow-visible px-2" role="presentation">
      <line x1="0" x2="100%" y1={MIDDLE} y2={MIDDLE} stroke="var(--line-strong)" />
      {RATINGS.map(rating => (
        <line
          key={rating}
          x1={share(rating)}
          x2={share(rating)}
          y1={MIDDLE - 3}
          y2={MIDDLE + 3}
          stroke="var(--line-strong)"
        />
      ))}
      {scores.length > 1 && (
        <line
          x1={share(Math.min(...scores))}
          x2={share(Math.max(...scores))}
          y1={MIDDLE}
          y2={MIDDLE}
          stroke="var(--text-subtle)"
          strokeWidth="2"
        />
      )}
      {VOICES.map(voice => {
        const score = trait[voice]
        return (
          score !== null && (
            <svg
              key={voice}
              x={share(score)}
              y={heightOf(trait, voice)}
              className="overflow-visible"
              role="presentation"
            >
              <Shape voice={voice} />
            </svg>
          )
        )
      })}
    </svg>
  )
}

/** Marks that would cover each other stand one above the other. */
function heightOf(trait: Trait, voice: Voice): number {
  const score = trait[voice] ?? 0
  const together = VOICES.filter(other => Math.abs((trait[other] ?? -9) - score) < 0.15)
  const place = together.indexOf(voice) - (together.length - 1) / 2
  return MIDDLE + place * 13
}

/** Each voice by its shape first, then by its colour. */
function Shape({ voice }: { voice: Voice }) {
  if (voice === 'self')
    return <circle r="5" fill="var(--surface)" stroke="var(--text-muted)" strokeWidth="2" />
  if (voice === 'peers')
    return (
      <path d="M0-6.5 6.5 0 0 6.5-6.5 0Z" fill="var(--done-mark)" stroke="var(--surface)" strokeWidth="1.5" />
    )
  return (
    <rect
      x="-5"
      y="-5"
      width="10"
      height="10"
      rx="1.5"
      fill="var(--active-mark)"
      stroke="var(--surface)"
      strokeWidth="1.5"
    />
  )
}

const Mark = ({ voice }: { voice: Voice }) => (
  <svg viewBox="-8 -8 16 16" className="size-4 shrink-0" aria-hidden="true">
    <Shape voice={voice} />
  </svg>
)

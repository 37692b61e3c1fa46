/** One line over time, as wide as there is room. What it shows is also said in a sentence, and in the table below. */
import { useId, useState } from 'react'
import { type Dot, pathOf, roundTop, summaryOf } from './line.ts'
import { amount } from './words.ts'

interface Props {
  title: string
  dots: readonly Dot[]
  /** A moment as the axis writes it. */
  clock: (at: string) => string
}

const WIDTH = 600
const HEIGHT = 96

export function LineChart({ title, dots, clock }: Props) {
  const id = useId()
  const [pointed, setPointed] = useState<number | null>(null)
  const top = roundTop(Math.max(0, ...dots.map(({ value }) => value ?? 0)))
  const last = dots.findLast(({ value }) => value !== null)
  const shown = (pointed === null ? last : dots[pointed]) ?? last
  const path = pathOf(dots, top, WIDTH, HEIGHT)
  return (
    <figure aria-labelledby={id} className="min-w-0">
      <figcaption className="flex items-baseline justify-between gap-3">
        <span id={id} className="text-sm text-muted">
          {title}
        </span>
        <span aria-hidden="true" className="text-sm tabular-nums">
          {pointed !== null && shown && <span className="mr-2 text-subtle">{clock(shown.at)}</span>}
          <span className="font-semibold">{shown?.value == null ? '–' : amount(shown.value)}</span>
        </span>
      </figcaption>
      <p className="sr-only">{summaryOf(dots, clock)}</p>
      <div aria-hidden="true" className="mt-2 flex gap-2 text-xs text-subtle tabular-nums">
        <div className="flex w-9 shrink-0 flex-col justify-between text-right leading-none">
          <span>{amount(top)}</span>
          <span>0</span>
        </div>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="presentation"
          className="h-24 min-w-0 flex-1 overflow-visible"
          onPointerMove={event => {
            const { left, width } = event.currentTarget.getBoundingClientRect()
            const share = Math.min(1, Math.max(0, (event.clientX - left) / width))
            setPointed(Math.round(share * (dots.length - 1)))
          }}
          onPointerLeave={() => setPointed(null)}
        >
          <rect width={WIDTH} height={HEIGHT} fill="transparent" />
          {[0, HEIGHT / 2, HEIGHT].map(y => (
            <line key={y} x2={WIDTH} y1={y} y2={y} stroke="var(--line)" vectorEffect="non-scaling-stroke" />
          ))}
          {pointed !== null && (
            <line
              x1={(pointed * WIDTH) / (dots.length - 1)}
              x2={(pointed * WIDTH) / (dots.length - 1)}
              y2={HEIGHT}
              stroke="var(--line-strong)"
              vectorEffect="non-scaling-stroke"
            />
          )}
          <path
            d={path}
            fill="none"
            stroke="var(--active-mark)"
            strokeWidth="1.75"
            strokeLinejoin="round"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      </div>
      <div aria-hidden="true" className="mt-1.5 ml-11 flex justify-between text-xs text-subtle tabular-nums">
        <span>{dots[0] && clock(dots[0].at)}</span>
        <span>{last && clock(dots.at(-1)?.at ?? last.at)}</span>
      </div>
    </figure>
  )
}

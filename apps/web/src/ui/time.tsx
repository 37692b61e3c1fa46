/** A moment in relative words, absolute on hover and for screen readers. */
import { absolute, ago, due, longDay, since } from './dates.ts'
import { useNow } from './now.ts'

interface Props {
  at: string
  className?: string
}

export const Ago = ({ at, className }: Props) => (
  <Moment at={at} words={ago(at, useNow())} className={className} />
)

export const Since = ({ at, className }: Props) => (
  <Moment at={at} words={since(at, useNow())} className={className} />
)

function Moment({ at, words, className }: Props & { words: string }) {
  const whole = absolute(at)
  return (
    <time dateTime={at} title={whole} className={className}>
      <span aria-hidden="true">{words}</span>
      <span className="sr-only">{whole}</span>
    </time>
  )
}

/** When a day is due, seen from the organisation's today. */
export function DueDay({ day, today, className }: { day: string; today: string; className?: string }) {
  return (
    <time dateTime={day} title={longDay(day)} className={className}>
      {due(day, today)}
    </time>
  )
}

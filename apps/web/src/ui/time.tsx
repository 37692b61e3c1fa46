/** A moment in relative words, absolute on hover and for screen readers. */

import { cx } from './cx.ts'
import { absolute, ago, due, lasting, longDay, shortDay, since, when } from './dates.ts'
import { useNow } from './now.ts'

interface Props {
  at: string
  className?: string
}

/** @param props.what what was then, where nothing beside it says so: "Created" */
export const Ago = ({ at, className, what }: Props & { what?: string }) => (
  <Moment at={at} words={ago(at, useNow())} className={className} what={what} />
)

/** The same within a sentence: "rejected this goal yesterday", "… on 12 Mar". */
export const When = ({ at, className }: Props) => (
  <Moment at={at} words={when(at, useNow())} className={className} />
)

export const Since = ({ at, className }: Props) => (
  <Moment at={at} words={since(at, useNow())} className={className} />
)

function Moment({ at, words, className, what }: Props & { words: string; what?: string }) {
  const whole = what ? `${what} ${absolute(at)}` : absolute(at)
  return (
    // Its hidden words are positioned: within it, so that they are cut off where it is.
    <time dateTime={at} title={whole} className={cx('relative', className)}>
      <span aria-hidden="true">{words}</span>
      <span className="sr-only">{whole}</span>
    </time>
  )
}

/** When a day is due, seen from the organisation's today; plain, where it is too late to hurry. */
export function DueDay({
  day,
  today,
  plain = false,
  className,
}: {
  day: string
  today: string
  plain?: boolean
  className?: string
}) {
  return (
    <time dateTime={day} title={longDay(day)} className={className}>
      {plain ? `due ${shortDay(day, today)}` : due(day, today)}
    </time>
  )
}

/** For how long already, in round words. */
export const Lasting = ({ at, className }: Props) => (
  <Moment at={at} words={lasting(at, useNow())} className={className} />
)

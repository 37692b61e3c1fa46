/** A rating from one to five: by mouse, by arrow keys, or by typing the number; and to be read. */
import { type KeyboardEvent, useId } from 'react'
import { cx } from '../../ui/cx.ts'
import { RATING_WORDS, RATINGS } from './words.ts'

interface Props {
  /** The id of what it rates, which the group is called by. */
  labelledBy: string
  describedBy: string | undefined
  value: number | null
  onChange: (value: number | null) => void
  invalid: boolean
}

export function RatingField({ labelledBy, describedBy, value, onChange, invalid }: Props) {
  const name = useId()

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const typed = RATINGS.find(rating => String(rating) === event.key)
    const clears = event.key === 'Backspace' || event.key === 'Delete'
    if (!typed && !clears) return
    event.preventDefault()
    onChange(typed ?? null)
    // The one chosen is where the arrow keys go on from.
    if (typed)
      event.currentTarget
        .querySelector<HTMLElement>(`input[value="${typed}"]`)
        ?.focus({ preventScroll: true })
  }

  return (
    <div
      role="radiogroup"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      onKeyDown={onKeyDown}
      className={cx(
        'grid grid-cols-5 gap-1.5',
        invalid && 'rounded-md outline-1 outline-offset-4 outline-danger',
      )}
    >
      {RATINGS.map(rating => (
        <label
          key={rating}
          className="relative flex cursor-pointer flex-col items-center justify-center rounded-md border border-line-strong px-1 py-1.5 transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-accent has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent touch:min-h-12"
        >
          <input
            type="radio"
            name={name}
            value={rating}
            checked={rating === value}
            onChange={() => onChange(rating)}
            aria-label={`${rating}, ${RATING_WORDS[rating]}`}
            className="peer absolute inset-0 cursor-pointer opacity-0"
          />
          <span className="text-base font-medium tabular-nums">{rating}</span>
          <span className="text-xs text-muted peer-checked:text-on-accent max-sm:hidden">
            {RATING_WORDS[rating]}
          </span>
        </label>
      ))}
    </div>
  )
}

/** "4 Above", as five dots of which so many are filled. */
export function RatingShown({ value }: { value: number | null }) {
  if (value === null) return <span className="text-sm text-muted">Not rated</span>
  return (
    <span className="inline-flex items-center gap-2 text-sm">
      <span aria-hidden="true" className="flex gap-1">
        {RATINGS.map(rating => (
          <span
            key={rating}
            className={cx('size-2 rounded-full', rating <= value ? 'bg-active-mark' : 'bg-line-strong')}
          />
        ))}
      </span>
      <span>
        <span className="font-medium tabular-nums">{value}</span>{' '}
        <span className="text-muted">{RATING_WORDS[value]}</span>
      </span>
    </span>
  )
}

/** A score from one to ten, to choose and to read. */
import { useId } from 'react'

const SCORES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const

/** What a score means, said when it is chosen. */
function meaningOf(score: number): string {
  if (score === 1) return 'Not usable'
  if (score <= 3) return 'Far below what was expected'
  if (score <= 5) return 'Below what was expected'
  if (score <= 7) return 'As expected'
  return score < 10 ? 'Above what was expected' : 'Outstanding'
}

interface Props {
  value: number | null
  onChange: (value: number) => void
  error: string | undefined
}

export function ScoreField({ value, onChange, error }: Props) {
  const name = useId()
  return (
    <fieldset aria-describedby={`${name}-note`}>
      <legend className="mb-1.5 text-sm font-medium">Score</legend>
      <div
        className={`grid grid-cols-10 gap-1 max-sm:grid-cols-5 ${error ? 'rounded-md outline-1 outline-offset-2 outline-danger' : ''}`}
      >
        {SCORES.map(score => (
          <label
            key={score}
            className="relative flex h-9 cursor-pointer items-center justify-center rounded-md border border-line-strong text-sm tabular-nums transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-accent has-checked:font-medium has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent touch:h-11"
          >
            <input
              type="radio"
              name={name}
              value={score}
              checked={score === value}
              onChange={() => onChange(score)}
              aria-label={`${score} of 10`}
              aria-invalid={error ? true : undefined}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {score}
          </label>
        ))}
      </div>
      <p id={`${name}-note`} className={`mt-1.5 text-sm ${error ? 'text-danger-text' : 'text-muted'}`}>
        {error ?? (value ? meaningOf(value) : '1 is not usable, 6 and 7 are as expected, 10 is outstanding.')}
      </p>
    </fieldset>
  )
}

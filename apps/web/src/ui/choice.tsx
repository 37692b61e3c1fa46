/** One of a few, all in sight: a row of radio buttons that look like one control. */
import { useId } from 'react'
import { cx } from './cx.ts'

interface Props<T extends string> {
  legend: string
  value: T | null
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
  error?: string | undefined
  hint?: string | undefined
}

export function Choice<T extends string>({ legend, value, options, onChange, error, hint }: Props<T>) {
  const name = useId()
  const note = error ?? hint
  return (
    <fieldset aria-describedby={note ? `${name}-note` : undefined}>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div
        className={cx(
          'inline-flex rounded-md border bg-sunken p-0.5 max-sm:flex',
          error ? 'border-danger' : 'border-line',
        )}
      >
        {options.map(option => (
          <label
            key={option.value}
            className={cx(
              'relative flex h-[30px] flex-1 cursor-pointer items-center justify-center whitespace-nowrap rounded-sm px-3.5 text-sm text-muted transition-colors hover:text-ink touch:h-11',
              'has-checked:bg-raised has-checked:font-medium has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--line-strong)]',
              'has-focus-visible:outline-2 has-focus-visible:outline-accent',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {option.label}
          </label>
        ))}
      </div>
      {note && (
        <p id={`${name}-note`} className={cx('mt-1.5 text-sm', error ? 'text-danger-text' : 'text-muted')}>
          {note}
        </p>
      )}
    </fieldset>
  )
}

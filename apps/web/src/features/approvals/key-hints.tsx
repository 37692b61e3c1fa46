/** The keys of this page, told where there is a keyboard. */
import { Kbd } from '../../ui/kbd.tsx'
import { useLetterKeys } from '../../ui/letter-keys.ts'

const HINTS: readonly (readonly [string, readonly string[]])[] = [
  ['move', ['J', 'K']],
  ['select', ['X']],
  ['approve', ['A']],
  ['reject', ['R']],
  ['open', ['Enter']],
]

export function KeyHints() {
  if (!useLetterKeys()) return null
  return (
    <p className="flex flex-wrap items-center gap-x-5 gap-y-1 px-6 py-4 text-xs text-muted touch:hidden">
      <span className="sr-only">Keys:</span>
      {HINTS.map(([what, keys]) => (
        <span key={what} className="flex items-center gap-1.5">
          {keys.map(key => (
            <span key={key} className="mr-1">
              <Kbd>{key}</Kbd>
              <span className="sr-only">{key}</span>
            </span>
          ))}
          {what}
        </span>
      ))}
    </p>
  )
}

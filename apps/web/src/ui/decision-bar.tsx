/** A question that a thing asks of whoever looks at it, and the buttons that answer it, each with its key. */
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Kbd } from './kbd.tsx'
import { useLetterKeys } from './letter-keys.ts'
import { useShortcut } from './shortcut.ts'

export interface Answer {
  label: string
  /** A single small letter. */
  shortcut: string
  act: () => void
  primary?: boolean
}

interface Props {
  question: ReactNode
  /** What else one should know: since when it waits, why it is asked. */
  children?: ReactNode
  /** The last is the one most wished for. */
  answers: readonly Answer[]
  busy: boolean
}

export function DecisionBar({ question, children, answers, busy }: Props) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-lg border border-line-strong px-4 py-3.5">
      <div className="min-w-0 text-sm">
        <p className="font-medium">{question}</p>
        {children && <div className="text-muted">{children}</div>}
      </div>
      <div className="flex gap-2 max-sm:w-full max-sm:*:flex-1">
        {answers.map(answer => (
          <AnswerButton key={answer.label} answer={answer} busy={busy} />
        ))}
      </div>
    </div>
  )
}

/** A button with a key of its own. */
function AnswerButton({ answer, busy }: { answer: Answer; busy: boolean }) {
  const { label, shortcut, act, primary = false } = answer
  const letters = useLetterKeys()
  useShortcut(shortcut, act)
  return (
    <Button
      variant={primary ? 'primary' : 'secondary'}
      busy={busy}
      onClick={act}
      aria-keyshortcuts={letters ? shortcut : undefined}
    >
      {label}
      <Kbd onAccent={primary}>{shortcut.toUpperCase()}</Kbd>
    </Button>
  )
}

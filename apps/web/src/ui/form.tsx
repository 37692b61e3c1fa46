/** A form: checks before it sends, shows what the server refused, and leads to the first field that is wrong. */
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { fieldErrors, sentenceOf } from '../api/problem.ts'
import { Notice } from './messages.tsx'

interface Props {
  /** What is missing or cannot be, by field; the server checks everything again. */
  problems: Record<string, string>
  /** What the server said of the last try. */
  error: unknown
  onSubmit: () => void
  /** The fields, given what to say under each. */
  children: (errors: Record<string, string>) => ReactNode
  buttons: ReactNode
}

export function Form({ problems, error, onSubmit, children, buttons }: Props) {
  const [tried, setTried] = useState(0)
  const form = useRef<HTMLFormElement>(null)
  const refused = fieldErrors(error)
  const errors = { ...refused, ...(tried > 0 ? problems : {}) }

  // After a refused try the first field that is wrong takes the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the field is found in the page, after each try
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [tried, error])

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(tried + 1)
    if (Object.keys(problems).length === 0) onSubmit()
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="space-y-6">
      {children(errors)}
      {error !== null && Object.keys(refused).length === 0 && <Notice>{sentenceOf(error)}</Notice>}
      <div className="flex justify-end gap-2 border-t border-line pt-5 max-sm:flex-col-reverse">
        {buttons}
      </div>
    </form>
  )
}

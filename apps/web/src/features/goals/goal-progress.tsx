/** How far a goal is, and the form by which its owner says so. */
import type { GoalDetail } from '@pms/contract'
import { type CSSProperties, type FormEvent, useState } from 'react'
import { fieldErrors, sentenceOf } from '../../api/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Input } from '../../ui/field.tsx'
import { Notice } from '../../ui/messages.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { can, type GoalDeed } from './actions.ts'

interface Props {
  goal: GoalDetail
  act: (deed: GoalDeed) => Promise<unknown>
}

export function GoalProgress({ goal, act }: Props) {
  const [editing, setEditing] = useState(false)
  if (goal.status !== 'ACTIVE' && goal.status !== 'ACHIEVED' && goal.progress === 0) return null
  return (
    <section aria-labelledby="progress">
      <div className="mb-3 flex h-8 items-center justify-between touch:h-11">
        <h2 id="progress" className="text-base font-semibold">
          Progress
        </h2>
        {can(goal, 'progress') && !editing && <Button onClick={() => setEditing(true)}>Update</Button>}
      </div>
      {editing && can(goal, 'progress') ? (
        <ProgressForm goal={goal} act={act} onClose={() => setEditing(false)} />
      ) : (
        <div className="flex items-center gap-4">
          <ProgressBar
            percent={goal.progress}
            label="Progress"
            quiet={goal.status === 'DISCARDED'}
            className="h-1.5! flex-1"
          />
          <span className="w-11 text-right font-medium tabular-nums">{goal.progress}%</span>
        </div>
      )}
    </section>
  )
}

function ProgressForm({ goal, act, onClose }: Props & { onClose: () => void }) {
  const [percent, setPercent] = useState(goal.progress)
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await act({ action: 'progress', percent, note: note.trim() || null })
      onClose()
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }

  return (
    <form onSubmit={event => void submit(event)} className="space-y-4">
      <div className="flex items-center gap-4">
        <input
          type="range"
          min={0}
          max={100}
          step={5}
          value={percent}
          aria-label="Progress in percent"
          aria-valuetext={`${percent}%`}
          onChange={event => setPercent(Number(event.target.value))}
          // The form opens because its button was pressed: the first thing to do is here.
          ref={input => input?.focus()}
          style={{ '--value': `${percent}%` } as CSSProperties}
          className="slider flex-1"
        />
        <output className="w-11 text-right font-medium tabular-nums">{percent}%</output>
      </div>
      <Field label="Note" optional error={fieldErrors(error).note}>
        {control => (
          <Input
            {...control}
            value={note}
            maxLength={1000}
            placeholder="What has changed?"
            onChange={event => setNote(event.target.value)}
          />
        )}
      </Field>
      {error !== null && <Notice>{sentenceOf(error)}</Notice>}
      <div className="flex justify-end gap-2 max-sm:*:flex-1">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          Save progress
        </Button>
      </div>
    </form>
  )
}

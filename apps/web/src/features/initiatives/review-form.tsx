/** Reviewing what was submitted: a score, or what is still missing. What was typed is kept until it is sent. */
import type { InitiativeDetail } from '@pms/contract'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Textarea } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import type { InitiativeDeed } from './actions.ts'
import { ScoreField } from './score.tsx'

interface Props {
  initiative: InitiativeDetail
  busy: boolean
  error: unknown
  act: (deed: InitiativeDeed) => Promise<unknown>
}

export function ReviewForm({ initiative, busy, error, act }: Props) {
  const me = useMe()
  const { id, head, submitted_at } = initiative
  const empty: { score: number | null; feedback: string } = { score: null, feedback: '' }
  const [draft, change, forget] = useDraft(`initiative-review:${me.id}:${id}:${submitted_at}`, empty)
  const [returning, setReturning] = useState(false)
  const { score, feedback } = draft

  function submit() {
    if (score === null) return
    act({ action: 'review', score, feedback: feedback.trim() || null }).then(forget, () => {})
  }

  return (
    <section aria-labelledby="your-review">
      <h2 id="your-review" className="mb-5 text-lg font-semibold">
        Your review
      </h2>
      <Form
        problems={score === null ? { score: 'Choose a score from 1 to 10.' } : {}}
        // What goes wrong with returning it is said where that is asked.
        error={returning ? null : error}
        onSubmit={submit}
        buttons={
          <>
            <Button busy={busy} onClick={() => setReturning(true)}>
              Return for more work…
            </Button>
            <Button type="submit" variant="primary" busy={busy}>
              {score === null ? 'Submit review' : `Submit review with ${score}/10`}
            </Button>
          </>
        }
      >
        {errors => (
          <>
            <ScoreField value={score} onChange={next => change({ score: next })} error={errors.score} />
            <Field label="Feedback" optional error={errors.feedback}>
              {control => (
                <Textarea
                  {...control}
                  value={feedback}
                  maxLength={5000}
                  placeholder="What went well, and what to do differently next time"
                  onChange={event => change({ feedback: event.target.value })}
                />
              )}
            </Field>
          </>
        )}
      </Form>
      {returning && (
        <ReasonDialog
          title="Return for more work?"
          description={`${head.name} reads what is missing and can submit it again.`}
          confirm="Return initiative"
          placeholder="What is missing?"
          asked={{ label: 'Feedback', field: 'feedback', missing: 'Please say what is missing.' }}
          variant="primary"
          onConfirm={words => act({ action: 'return', feedback: words })}
          onClose={() => setReturning(false)}
        />
      )}
    </section>
  )
}

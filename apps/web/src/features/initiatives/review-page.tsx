/** A report to be read and reviewed: scored, or returned for more work; or why it no longer can be. */
import type { InitiativeDetail } from '@pms/contract'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { Prose } from '../../ui/article.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Field, Textarea } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { NameFor } from '../../ui/names.ts'
import { PageHeading, useFocusAfter } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { Ago } from '../../ui/time.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { can, type InitiativeDeed } from './actions.ts'
import { InitiativeFacts } from './initiative-facts.tsx'
import { InitiativeFrame } from './initiative-frame.tsx'
import { NoLonger } from './no-longer.tsx'
import { Report } from './report.tsx'
import { ScoreField } from './score.tsx'
import { useInitiative } from './use-initiative.ts'
import { whyNoReview } from './words.ts'

const route = getRouteApi('/app/initiatives/$initiativeId/review')

export function ReviewInitiativePage() {
  const { initiativeId } = route.useParams()
  return <Review key={initiativeId} id={initiativeId} />
}

function Review({ id }: { id: string }) {
  const me = useMe()
  const today = useToday()
  const { thing, partial, error, retry, busy, failure, act } = useInitiative(id)
  const found = partial ? undefined : thing
  useFocusAfter(found !== undefined && can(found, 'review'))
  return (
    <InitiativeFrame initiative={found} error={error} retry={retry}>
      {initiative => (
        <article className="mx-auto max-w-[680px] space-y-8 px-4 py-8 sm:px-8 sm:py-12">
          <header>
            <p className="mb-3 flex items-center gap-2.5 text-sm text-muted">
              <Avatar name={initiative.head.name} />
              <span>
                <span className="font-medium text-ink">{NameFor(initiative.head, me.id)}</span>{' '}
                {initiative.submitted_at ? (
                  <>
                    submitted this <Ago at={initiative.submitted_at} />
                  </>
                ) : (
                  'works on this'
                )}
              </span>
            </p>
            <PageHeading title={initiative.title} className="break-words text-2xl" />
          </header>
          {!can(initiative, 'review') && (
            <NoLonger initiative={initiative}>{whyNoReview(initiative, me.id)}</NoLonger>
          )}
          {initiative.description && <Prose>{initiative.description}</Prose>}
          <div className="border-y border-line py-5">
            <InitiativeFacts initiative={initiative} today={today} />
          </div>
          <Report initiative={initiative} />
          {can(initiative, 'review') && (
            <ReviewForm initiative={initiative} busy={busy} error={failure} act={act} />
          )}
        </article>
      )}
    </InitiativeFrame>
  )
}

interface FormProps {
  initiative: InitiativeDetail
  busy: boolean
  error: unknown
  act: (deed: InitiativeDeed) => Promise<unknown>
}

function ReviewForm({ initiative, busy, error, act }: FormProps) {
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
          description={`${head.name} will read what is missing, and submits it again.`}
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

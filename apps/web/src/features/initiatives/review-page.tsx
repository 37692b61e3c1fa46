/** A report to be read and reviewed: scored, or returned for more work; or why it no longer can be. */
import { getRouteApi } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { Prose } from '../../ui/article.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { NameFor } from '../../ui/names.ts'
import { PageHeading, useFocusAfter } from '../../ui/page.tsx'
import { When } from '../../ui/time.tsx'
import { can } from './actions.ts'
import { InitiativeFacts } from './initiative-facts.tsx'
import { InitiativeFrame } from './initiative-frame.tsx'
import { NoLonger } from './no-longer.tsx'
import { Report } from './report.tsx'
import { ReviewForm } from './review-form.tsx'
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
                    submitted this <When at={initiative.submitted_at} />
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

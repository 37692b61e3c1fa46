/** What came of one person's reviews in a cycle: by trait, and every answer that may be read. */
import type { ReviewResults } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Hourglass } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { ApiError, sentenceOf } from '../../api/problem.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { BackLink } from '../../ui/back-link.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { Empty, Notice } from '../../ui/messages.tsx'
import { NameFor } from '../../ui/names.ts'
import { PageHeading } from '../../ui/page.tsx'
import { ThingFrame } from '../../ui/thing-frame.tsx'
import { counted } from '../../ui/words.ts'
import { resultsQuery } from './queries.ts'
import { RatingShown } from './rating.tsx'
import { ResultsChart } from './results-chart.tsx'
import { BACK } from './review-page.tsx'
import { scoreText } from './words.ts'

const route = getRouteApi('/app/reviews/cycles/$cycleId/results/$userId')

export function ResultsPage() {
  const { cycleId, userId } = route.useParams()
  const { data, error, refetch } = useQuery(resultsQuery(cycleId, userId))
  if (!data && error instanceof ApiError && error.status === 409) return <NotYet error={error} />
  return (
    <ThingFrame name="result" back={BACK} thing={data} error={error} retry={() => void refetch()}>
      {results => <Results results={results} />}
    </ThingFrame>
  )
}

const NotYet = ({ error }: { error: ApiError }) => (
  <>
    <BackLink {...BACK} />
    <PageHeading title="Results" className="sr-only" />
    <Empty
      icon={Hourglass}
      title={
        error.problem.current_status === 'cancelled'
          ? 'This review cycle was cancelled'
          : 'Your results are not open yet'
      }
      action={
        <Link to="/reviews" search={{ scope: 'about_me' }} className={buttonClass('secondary')}>
          Go to reviews about you
        </Link>
      }
    >
      {error.problem.current_status === 'cancelled'
        ? 'It ended without results.'
        : `${sentenceOf(error)}. While others still write, nobody can tell from them who said what.`}
    </Empty>
  </>
)

function Results({ results }: { results: ReviewResults }) {
  const me = useMe()
  const { user, cycle, overall, traits } = results
  const none = traits.every(trait => trait.overall === null)
  return (
    <article className="mx-auto max-w-[860px] px-4 py-7 sm:px-8 lg:py-9">
      <div className="mb-2 flex min-h-8 items-center gap-2 text-sm text-muted">
        <Avatar name={user.name} />
        <span className="truncate">
          {NameFor(user, me.id)} · {cycle.name}
        </span>
      </div>
      <PageHeading
        title={user.id === me.id ? 'Your results' : `Results of ${user.name}`}
        className="break-words text-2xl"
      />
      {none ? (
        <p className="mt-6 rounded-lg bg-sunken px-4 py-3.5 text-sm">
          {user.id === me.id
            ? 'Neither you nor your supervisor submitted a review, so there is nothing to show.'
            : `No review has been submitted${cycle.status === 'active' ? ' yet' : ''}, so there are no results.`}
        </p>
      ) : (
        overall !== null && (
          <p className="mt-3 flex items-baseline gap-2">
            <span className="text-2xl font-semibold tabular-nums">{scoreText(overall)}</span>
            <span className="text-sm text-muted">overall, of 5</span>
          </p>
        )
      )}
      <div className="mt-6">
        <PeersNote results={results} />
      </div>
      {!none && <ResultsChart traits={traits} />}
      {!none && (
        <div className="mt-12 space-y-11">
          {traits.map(trait => (
            <Trait key={trait.name} trait={trait} />
          ))}
        </div>
      )}
    </article>
  )
}

/** Why there is nothing of peers, or how many they were. */
function PeersNote({ results: { peers_submitted, traits, cycle } }: { results: ReviewResults }) {
  const shown = traits.some(trait => trait.questions.some(question => question.peers !== null))
  if (peers_submitted === null)
    return shown ? (
      <p className="text-sm text-muted text-pretty">
        What peers said is shown together and without names, and only where two or more of them answered.
      </p>
    ) : (
      <Notice tone="info">
        Not enough peers: fewer than two submitted a review. What a single one said would tell who said it, so
        it is not shown and counts in no number here.
      </Notice>
    )
  return (
    <p className="text-sm text-muted">
      {peers_submitted === 0
        ? `No peer has submitted a review${cycle.status === 'active' ? ' yet' : ''}.`
        : `${counted(peers_submitted, 'peer has', 'peers have')} submitted a review. They are shown together, without names.`}
    </p>
  )
}

function Trait({ trait }: { trait: ReviewResults['traits'][number] }) {
  return (
    <section aria-label={trait.name}>
      <h2 className="mb-4 border-b border-line pb-2 text-lg font-semibold tracking-[-0.01em]">
        {trait.name}
      </h2>
      <div className="space-y-7">
        {trait.questions.map(({ id, text, self, supervisor, peers }) => (
          <div key={id}>
            <h3 className="mb-2 text-base font-medium text-pretty">{text}</h3>
            {!self && !supervisor && !peers && <p className="text-sm text-muted">No answer.</p>}
            <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[88px_minmax(0,1fr)]">
              {self && <Said by="Self" {...self} />}
              {supervisor && <Said by="Supervisor" {...supervisor} />}
              {peers && (
                <>
                  <dt className="text-sm text-muted">Peers</dt>
                  <dd className="min-w-0 max-sm:-mt-2">
                    <p className="text-sm">
                      {peers.average === null ? (
                        <span className="text-muted">Not enough ratings</span>
                      ) : (
                        <>
                          <span className="font-medium tabular-nums">{scoreText(peers.average)}</span>{' '}
                          <span className="text-muted">on average</span>
                        </>
                      )}
                    </p>
                    {peers.comments.length > 0 && (
                      <ul className="mt-1.5 space-y-2">
                        {peers.comments.map(comment => (
                          <li
                            key={comment}
                            className="border-l-2 border-line pl-3 text-base whitespace-pre-wrap"
                          >
                            {comment}
                          </li>
                        ))}
                      </ul>
                    )}
                  </dd>
                </>
              )}
            </dl>
          </div>
        ))}
      </div>
    </section>
  )
}

const Said = ({ by, rating, comment }: { by: string; rating: number | null; comment: string | null }) => (
  <>
    <dt className="text-sm text-muted">{by}</dt>
    <dd className="min-w-0 max-sm:-mt-2">
      <RatingShown value={rating} />
      {comment && <p className="mt-1 whitespace-pre-wrap break-words text-base text-pretty">{comment}</p>}
    </dd>
  </>
)

/** One initiative: what is to be done, by whom and until when, what it asks, what was reported, what happened. */
import { getRouteApi } from '@tanstack/react-router'
import { useToday } from '../../api/info.ts'
import { sentenceOf } from '../../api/problem.ts'
import { WaitingOn } from '../../shared/waiting.tsx'
import { Article, ArticleFacts, ArticleLine, ArticlePart, ArticleState, Prose } from '../../ui/article.tsx'
import { Notice } from '../../ui/messages.tsx'
import { PageHeading, useFocusAfter } from '../../ui/page.tsx'
import { Pill } from '../../ui/pill.tsx'
import { isAsked, isAskedForTime } from './actions.ts'
import { OpenExtension } from './extension.tsx'
import { InitiativeDecision } from './initiative-decision.tsx'
import { InitiativeFacts } from './initiative-facts.tsx'
import { InitiativeFrame } from './initiative-frame.tsx'
import { InitiativeHistory } from './initiative-history.tsx'
import { InitiativeMenu } from './initiative-menu.tsx'
import { Due } from './initiative-row.tsx'
import { Report } from './report.tsx'
import { useInitiative } from './use-initiative.ts'
import { isOpen, stateOf } from './words.ts'
import { Workers } from './workers.tsx'

const route = getRouteApi('/app/initiatives/$initiativeId')

export function InitiativePage() {
  const { initiativeId } = route.useParams()
  // A key of its own for each: a notification may lead from one to another.
  return <One key={initiativeId} id={initiativeId} />
}

function One({ id }: { id: string }) {
  const today = useToday()
  const { thing: found, partial, error, retry, busy, failure, act, attempt } = useInitiative(id)
  const asks = found !== undefined && isAsked(found)
  useFocusAfter(asks || (found !== undefined && isAskedForTime(found)))
  return (
    <InitiativeFrame initiative={found} error={error} retry={retry}>
      {initiative => {
        const { tone, word } = stateOf(initiative)
        return (
          <Article>
            <ArticlePart>
              <ArticleLine menu={<InitiativeMenu initiative={initiative} today={today} act={act} />}>
                <Workers of={initiative} />
              </ArticleLine>
              <PageHeading title={initiative.title} className="break-words text-2xl" />
              <ArticleState>
                <Pill tone={tone}>{word}</Pill>
                {!asks && (
                  <span className="empty:hidden">
                    <WaitingOn on={initiative.waiting_on} since={initiative.waiting_since} capital />
                  </span>
                )}
                {isOpen(initiative) && (
                  <span className="inline-block first-letter:uppercase">
                    <Due initiative={initiative} today={today} />
                  </span>
                )}
              </ArticleState>
            </ArticlePart>

            {failure !== null && (
              <ArticlePart>
                <Notice>{sentenceOf(failure)}</Notice>
              </ArticlePart>
            )}
            <ArticlePart>
              <InitiativeDecision initiative={initiative} busy={busy} act={act} attempt={attempt} />
            </ArticlePart>
            <ArticlePart>
              <OpenExtension initiative={initiative} today={today} busy={busy} act={act} attempt={attempt} />
            </ArticlePart>
            {initiative.description && (
              <ArticlePart>
                <Prose>{initiative.description}</Prose>
              </ArticlePart>
            )}
            <ArticlePart>
              <Report initiative={initiative} />
            </ArticlePart>
            <ArticleFacts>
              <InitiativeFacts initiative={initiative} today={today} />
            </ArticleFacts>
            <ArticlePart>
              <InitiativeHistory initiative={initiative} today={today} loading={partial} />
            </ArticlePart>
          </Article>
        )
      }}
    </InitiativeFrame>
  )
}

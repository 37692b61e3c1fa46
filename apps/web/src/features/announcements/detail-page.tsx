/** One announcement: what it says, what it asks; for who publishes how far it has come and who has answered. */
import type { Announcement } from '@pms/contract'
import { getRouteApi } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { sentenceOf } from '../../api/problem.ts'
import { Article, ArticleFacts, ArticleLine, ArticlePart, ArticleState, Prose } from '../../ui/article.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Notice } from '../../ui/messages.tsx'
import { NameFor } from '../../ui/names.ts'
import { PageHeading } from '../../ui/page.tsx'
import { Pill } from '../../ui/pill.tsx'
import { ThingFrame } from '../../ui/thing-frame.tsx'
import { Ago } from '../../ui/time.tsx'
import { Acknowledge } from './acknowledge.tsx'
import { Acknowledgements } from './acknowledgements.tsx'
import { AnnouncementMenu } from './announcement-menu.tsx'
import { PriorityMark } from './priority-mark.tsx'
import { Reach } from './reach.tsx'
import { useAnnouncement } from './use-announcement.ts'
import { audienceWords, BACK, PRIORITY_LABELS, stateOf, toWhom } from './words.ts'

const route = getRouteApi('/app/announcements/$announcementId')

export function AnnouncementPage() {
  const { announcementId } = route.useParams()
  // A key of its own for each: a notification may lead from one to another.
  return <One key={announcementId} id={announcementId} />
}

function One({ id }: { id: string }) {
  const me = useMe()
  const { announcement: found, error, retry, busy, failure, act, attempt } = useAnnouncement(id)
  return (
    <ThingFrame name="announcement" back={BACK} thing={found} error={error} retry={retry}>
      {announcement => {
        const state = stateOf(announcement)
        const by = announcement.published_by ?? announcement.author
        return (
          <Article>
            <ArticlePart>
              <ArticleLine menu={<AnnouncementMenu announcement={announcement} act={act} />}>
                <Avatar name={by.name} />
                <span className="truncate">
                  {NameFor(by, me.id)} · to {toWhom(announcement)}
                </span>
              </ArticleLine>
              <PageHeading title={announcement.title} className="break-words text-2xl" />
              <ArticleState>
                {state && <Pill tone={state.tone}>{state.word}</Pill>}
                {announcement.published_at ? (
                  <span>
                    Published <Ago at={announcement.published_at} />
                  </span>
                ) : (
                  <span>
                    Last changed <Ago at={announcement.updated_at} />
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
              <Prose>{announcement.body}</Prose>
            </ArticlePart>
            <ArticlePart>
              <Acknowledge announcement={announcement} busy={busy} attempt={attempt} />
            </ArticlePart>
            <ArticlePart>
              <Reach announcement={announcement} />
            </ArticlePart>
            <ArticleFacts>
              <AnnouncementFacts announcement={announcement} />
            </ArticleFacts>
            <ArticlePart>
              {announcement.progress && announcement.requires_acknowledgement && (
                <Acknowledgements announcement={announcement} />
              )}
            </ArticlePart>
          </Article>
        )
      }}
    </ThingFrame>
  )
}

function AnnouncementFacts({ announcement }: { announcement: Announcement }) {
  const me = useMe()
  const { author, published_by, published_at, priority, requires_acknowledgement } = announcement
  return (
    <Facts>
      <Fact name="To">{audienceWords(announcement)}</Fact>
      <Fact name="Priority">
        <span className="flex items-center gap-1.5">
          {priority !== 'low' && (
            <span aria-hidden="true" className="contents">
              <PriorityMark priority={priority} />
            </span>
          )}
          {PRIORITY_LABELS[priority]}
        </span>
      </Fact>
      {requires_acknowledgement && <Fact name="Asks for">Acknowledgement</Fact>}
      <Fact name="Written by">{NameFor(author, me.id)}</Fact>
      {published_by && published_by.id !== author.id && (
        <Fact name="Published by">{NameFor(published_by, me.id)}</Fact>
      )}
      {published_at && (
        <Fact name="Published">
          <Ago at={published_at} className="inline-block first-letter:uppercase" />
        </Fact>
      )}
    </Facts>
  )
}

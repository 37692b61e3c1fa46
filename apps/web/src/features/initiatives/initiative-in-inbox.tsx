/** An initiative inside the notification that is about it, or about more time for it: read and decided there. */
import type { InboxItem } from '@pms/protocol'
import { Link } from '@tanstack/react-router'
import { useToday } from '../../api/info.ts'
import { sentenceOf } from '../../api/problem.ts'
import { Prose } from '../../ui/article.tsx'
import { Notice } from '../../ui/messages.tsx'
import { useFocusAfter } from '../../ui/page.tsx'
import { InboxHead, ThingInInbox } from '../../ui/thing-in-inbox.tsx'
import { can, isAsked, isAskedForTime } from './actions.ts'
import { DecidedExtension, OpenExtension } from './extension.tsx'
import { InitiativeDecision } from './initiative-decision.tsx'
import { InitiativeFacts } from './initiative-facts.tsx'
import { InitiativeMenu } from './initiative-menu.tsx'
import { Due } from './initiative-row.tsx'
import { Report } from './report.tsx'
import { ReviewForm } from './review-form.tsx'
import { useInitiative } from './use-initiative.ts'
import { isOpen, stateOf } from './words.ts'
import { Workers } from './workers.tsx'

export const InitiativeInInbox = ({ id }: { id: string }) => <One id={id} extensionId={null} />

/** Such a notification is about the request; which initiative it is for is among what it says besides. */
export const ExtensionInInbox = ({ id, item: { data } }: { id: string; item: InboxItem }) =>
  typeof data.initiative_id === 'string' ? <One id={data.initiative_id} extensionId={id} /> : null

function One({ id, extensionId }: { id: string; extensionId: string | null }) {
  const today = useToday()
  const { thing: found, partial, error, retry, busy, failure, act, attempt } = useInitiative(id)
  useFocusAfter(found !== undefined && (isAsked(found) || isAskedForTime(found)))
  return (
    <ThingInInbox name="initiative" thing={found} error={error} retry={retry}>
      {initiative => {
        // What a list knows has neither the report nor what became of requests for time.
        const reviews = !partial && can(initiative, 'review')
        const extension = initiative.extensions.find(one => one.id === extensionId)
        return (
          <>
            <InboxHead
              {...stateOf(initiative)}
              title={
                <Link to="/initiatives/$initiativeId" params={{ initiativeId: id }}>
                  {initiative.title}
                </Link>
              }
              menu={<InitiativeMenu initiative={initiative} today={today} act={act} />}
            >
              <Workers of={initiative} />
              {isOpen(initiative) && (
                <>
                  <span aria-hidden="true">·</span>
                  <Due initiative={initiative} today={today} />
                </>
              )}
            </InboxHead>
            {failure !== null && !reviews && <Notice>{sentenceOf(failure)}</Notice>}
            {extension && <DecidedExtension extension={extension} />}
            <OpenExtension initiative={initiative} today={today} busy={busy} act={act} attempt={attempt} />
            {!reviews && (
              <InitiativeDecision initiative={initiative} busy={busy} act={act} attempt={attempt} />
            )}
            {initiative.description && <Prose>{initiative.description}</Prose>}
            <Report initiative={initiative} />
            {reviews && <ReviewForm initiative={initiative} busy={busy} error={failure} act={act} />}
            <InitiativeFacts initiative={initiative} today={today} />
          </>
        )
      }}
    </ThingInInbox>
  )
}

/** What stands in the place of rows: none yet, none at all, none of this kind, or a fetch that failed. */
import type { Listing, ListingState } from '@pms/client/listing'
import { Inbox as InboxIcon, SearchX, TriangleAlert } from 'lucide-react'
import { useInboxState } from '../hooks.ts'
import { Message, Skeleton } from '../list-parts.tsx'
import { useInbox } from '../provider.tsx'
import { failureText, useStrings } from '../strings.ts'
import { type InboxView, isFiltered } from './view.ts'

interface AbsentProps {
  listing: Listing
  state: ListingState
  view: InboxView
}

export function Absent({ listing, state: { rows, loaded, failure }, view }: AbsentProps) {
  const inbox = useInbox()
  const strings = useStrings()
  // The whole list comes with the inbox itself, and so does the reason why it does not come.
  const unfetched = useInboxState(state => (state.loaded ? null : state.error))
  const error = failure ?? unfetched
  if (error) {
    const again = () => (failure ? listing.retry() : inbox.connect())
    const button = (
      <button type="button" className="inbox-button" onClick={again}>
        {strings.tryAgain}
      </button>
    )
    if (rows.length > 0)
      return (
        <div className="inbox-end-error" role="alert">
          {strings.loadFailed}
          {button}
        </div>
      )
    return (
      <Message icon={<TriangleAlert aria-hidden="true" />} title={strings.loadFailed}>
        <p>{failureText(error, strings)}</p>
        {button}
      </Message>
    )
  }
  if (!loaded) return <Skeleton className="inbox-line-skeleton" rows={7} />
  if (isFiltered(view))
    return (
      <Message icon={<SearchX aria-hidden="true" />} title={strings.noMatchTitle}>
        <p>{strings.noMatchText}</p>
      </Message>
    )
  const titles = { all: strings.emptyTitle, unread: strings.noUnreadTitle, action: strings.noActionTitle }
  return (
    <Message icon={<InboxIcon aria-hidden="true" />} title={titles[view.tab]}>
      <p>{strings.emptyText}</p>
    </Message>
  )
}

/** One row of the long list: a tick box, what opens it, and what can be done to it at once. */
import type { InboxItem } from '@pms/client'
import { Check, Mail, Trash2 } from 'lucide-react'
import { type MouseEvent, memo } from 'react'
import { useKeysThatAct } from '../letter-keys.ts'
import { PriorityMark } from '../priority-mark.tsx'
import { useStrings } from '../strings.ts'
import { RelativeTime } from '../time.tsx'
import type { Deed } from './use-deeds.ts'
import { useFinger } from './use-finger.ts'

export interface LineActions {
  /** Shows it in the reading pane; or ticks it, where rows are there to be ticked. */
  choose(item: InboxItem): void
  /** A finger rested on it. */
  hold(item: InboxItem): void
  perform(deed: Deed, item: InboxItem): void
  toggle(item: InboxItem, extend: boolean): void
}

interface LineProps {
  item: InboxItem
  current: boolean
  shown: boolean
  checked: boolean
  /** Rows are there to be ticked. */
  ticking: boolean
  actions: LineActions
}

export const Line = memo(function Line({ item, current, shown, checked, ticking, actions }: LineProps) {
  const strings = useStrings()
  const acting = useKeysThatAct()
  const toggle = item.is_read ? 'unread' : 'read'
  const toggleName = item.is_read ? strings.markUnread : strings.markRead
  const finger = useFinger({
    onSwipe: () => actions.perform(toggle, item),
    onHold: () => actions.hold(item),
  })
  const tabIndex = current ? 0 : -1

  function click(event: MouseEvent): void {
    if (event.shiftKey || event.ctrlKey || event.metaKey) actions.toggle(item, event.shiftKey)
    else actions.choose(item)
  }

  return (
    <div
      className="inbox-line"
      data-unread={!item.is_read}
      data-shown={shown}
      data-checked={checked}
      {...finger}
    >
      <span className="inbox-line-under" aria-hidden="true">
        {item.is_read ? <Mail className="inbox-icon" /> : <Check className="inbox-icon" />}
        {toggleName}
      </span>
      <span className="inbox-line-over">
        <label className="inbox-line-check">
          <input
            type="checkbox"
            checked={checked}
            tabIndex={tabIndex}
            aria-label={strings.select(item.title)}
            aria-keyshortcuts={acting('x')}
            onChange={event => actions.toggle(item, (event.nativeEvent as unknown as MouseEvent).shiftKey)}
          />
        </label>
        <button
          type="button"
          className="inbox-line-open"
          data-row={item.id}
          tabIndex={tabIndex}
          aria-current={shown ? 'true' : undefined}
          aria-pressed={ticking ? checked : undefined}
          onClick={click}
        >
          {/* What has been dealt with presses nobody any more. */}
          <PriorityMark priority={item.resolved_at === null ? item.priority : 'low'} />
          <span className="inbox-line-title">{item.title}</span>
          <span className="inbox-row-aside">
            <RelativeTime value={item.created_at} />
            <span className="inbox-unread-dot">
              {!item.is_read && <span className="inbox-sr">{strings.unread}</span>}
            </span>
          </span>
          <span className="inbox-line-text">
            <span className="inbox-line-message">{item.message}</span>
            {item.resolved_at !== null && (
              <span className="inbox-line-settled">
                <Check className="inbox-icon" aria-hidden="true" />
                {strings.settledBy(item.resolved_by_name)}
              </span>
            )}
          </span>
        </button>
        <span className="inbox-line-actions">
          <button
            type="button"
            className="inbox-icon-button"
            tabIndex={tabIndex}
            aria-label={`${toggleName}: ${item.title}`}
            aria-keyshortcuts={acting(item.is_read ? 'u' : 'e')}
            title={toggleName}
            onClick={() => actions.perform(toggle, item)}
          >
            {item.is_read ? (
              <Mail className="inbox-icon" aria-hidden="true" />
            ) : (
              <Check className="inbox-icon" aria-hidden="true" />
            )}
          </button>
          <button
            type="button"
            className="inbox-icon-button"
            tabIndex={tabIndex}
            aria-label={`${strings.remove}: ${item.title}`}
            aria-keyshortcuts={acting('#', 'Delete')}
            title={strings.remove}
            onClick={() => actions.perform('delete', item)}
          >
            <Trash2 className="inbox-icon" aria-hidden="true" />
          </button>
        </span>
      </span>
    </div>
  )
})

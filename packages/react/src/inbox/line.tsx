/** One row of the long list: a tick box, what opens it, and what can be done to it at once. */
import type { InboxItem } from '@pms/client'
import { type MouseEvent, memo } from 'react'
import { ItemAside, ItemButtons, ItemMark, ItemSettled, ToggleIcon } from '../item-parts.tsx'
import { useKeysThatAct } from '../letter-keys.ts'
import { useStrings } from '../strings.ts'
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
        <ToggleIcon item={item} />
        {item.is_read ? strings.markUnread : strings.markRead}
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
          <ItemMark item={item} />
          <span className="inbox-line-title">{item.title}</span>
          <ItemAside item={item} />
          <span className="inbox-line-text">
            <span className="inbox-line-message">{item.message}</span>
            <ItemSettled item={item} className="inbox-line-settled" />
          </span>
        </button>
        <span className="inbox-line-actions">
          <ItemButtons
            item={item}
            tabIndex={tabIndex}
            onToggle={() => actions.perform(toggle, item)}
            onRemove={() => actions.perform('delete', item)}
          />
        </span>
      </span>
    </div>
  )
})

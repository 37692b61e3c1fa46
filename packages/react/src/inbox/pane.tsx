/** The reading pane: one notification in full, what the application adds to it, and what can be done to it. */
import type { InboxItem } from '@pms/client'
import { ArrowLeft, ArrowUpRight, Check, Inbox as InboxIcon, Mail, MailX, Trash2 } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect } from 'react'
import { useInboxState, useUnreadCount } from '../hooks.ts'
import { PriorityMark } from '../priority-mark.tsx'
import { useStrings } from '../strings.ts'
import { RelativeTime } from '../time.tsx'
import { ToolButton } from './toolbar.tsx'
import type { Deed } from './use-deeds.ts'
import type { Shown } from './use-shown.ts'

export interface InboxSlots {
  /** What the application knows of the thing that a notification is about, below its text. */
  renderDetail?: (item: InboxItem) => ReactNode
  /** What can be done about it. Instead of this there is a button that opens it. */
  renderActions?: (item: InboxItem) => ReactNode
}

interface PaneProps extends InboxSlots {
  shown: Shown
  heading: RefObject<HTMLHeadingElement | null>
  /** The pane has taken the place of the list: whoever comes here is taken to the heading. */
  alone: boolean
  onBack: () => void
  onOpen: (item: InboxItem) => void
  perform: (deed: Deed, item: InboxItem) => void
}

export function Pane({ shown, heading, alone, onBack, ...rest }: PaneProps) {
  const strings = useStrings()
  const back = (
    <ToolButton
      name={strings.back}
      onClick={onBack}
      icon={<ArrowLeft className="inbox-icon" aria-hidden="true" />}
    />
  )
  if (shown === 'none') return <NothingChosen />
  if (shown === 'loading' || shown === 'gone')
    return (
      <>
        {alone && <div className="inbox-bar inbox-pane-bar">{back}</div>}
        {shown === 'gone' && (
          <div className="inbox-message" role="status">
            <MailX aria-hidden="true" />
            <strong>{strings.goneTitle}</strong>
            <p>{strings.goneText}</p>
          </div>
        )}
      </>
    )
  return <Reading key={shown.id} item={shown} heading={heading} alone={alone} back={back} {...rest} />
}

interface ReadingProps extends Omit<PaneProps, 'shown' | 'onBack'> {
  item: InboxItem
  back: ReactNode
}

function Reading({ item, heading, alone, back, onOpen, perform, renderDetail, renderActions }: ReadingProps) {
  const strings = useStrings()
  useEffect(() => {
    if (alone) heading.current?.focus({ preventScroll: true })
  }, [alone, heading])
  const settled = item.resolved_at !== null
  return (
    <>
      <div className="inbox-bar inbox-pane-bar">
        {alone && back}
        <span className="inbox-spring" />
        <ToolButton
          name={item.is_read ? strings.markUnread : strings.markRead}
          keys={[item.is_read ? 'u' : 'e']}
          onClick={() => perform(item.is_read ? 'unread' : 'read', item)}
          icon={
            item.is_read ? (
              <Mail className="inbox-icon" aria-hidden="true" />
            ) : (
              <Check className="inbox-icon" aria-hidden="true" />
            )
          }
        />
        <ToolButton
          name={strings.remove}
          keys={['#', 'Delete']}
          onClick={() => perform('delete', item)}
          icon={<Trash2 className="inbox-icon" aria-hidden="true" />}
        />
        {item.action_url !== null && (
          <ToolButton
            name={strings.open}
            keys={['Enter']}
            onClick={() => onOpen(item)}
            icon={<ArrowUpRight className="inbox-icon" aria-hidden="true" />}
          />
        )}
      </div>
      <article className="inbox-reading">
        <p className="inbox-reading-meta">
          <PriorityMark priority={settled ? 'low' : item.priority} />
          {item.triggered_by_name !== null && <span>{item.triggered_by_name}</span>}
          <RelativeTime value={item.created_at} />
          {settled && (
            <span className="inbox-reading-settled">
              <Check className="inbox-icon" aria-hidden="true" />
              {strings.settledBy(item.resolved_by_name)}
            </span>
          )}
        </p>
        <h2 ref={heading} tabIndex={-1} className="inbox-reading-title">
          {item.title}
        </h2>
        <p className="inbox-reading-message">{item.message}</p>
        {renderDetail && <div className="inbox-slot">{renderDetail(item)}</div>}
        {renderActions ? (
          <div className="inbox-slot">{renderActions(item)}</div>
        ) : (
          item.action_url !== null && (
            <button type="button" className="inbox-button" onClick={() => onOpen(item)}>
              {strings.open}
            </button>
          )
        )}
      </article>
    </>
  )
}

/** Nothing, while there is nothing to choose from: the list says why. */
function NothingChosen() {
  const strings = useStrings()
  const unread = useUnreadCount()
  const isThere = useInboxState(({ loaded, totalCount }) => loaded && totalCount > 0)
  if (!isThere) return null
  return (
    <div className="inbox-message inbox-nothing">
      <InboxIcon aria-hidden="true" />
      <strong>{strings.chooseTitle}</strong>
      <p>{strings.chooseText(unread)}</p>
    </div>
  )
}

/** Above the list: its tabs and filters, or, while rows are ticked, what can be done to all of them. */
import { Tabs } from '@base-ui/react/tabs'
import { Check, CheckCheck, ListChecks, Mail, Trash2, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useUnreadCount } from '../hooks.ts'
import { useKeysThatAct } from '../letter-keys.ts'
import { useStrings } from '../strings.ts'
import { ActiveFilters, FilterMenu, type TypeChoice } from './menu.tsx'
import type { Deed, Deeds } from './use-deeds.ts'
import { useAwaitingCount } from './use-listing.ts'
import type { Selection } from './use-selection.ts'
import { type InboxView, isFiltered, TABS } from './view.ts'

interface ToolbarProps {
  view: InboxView
  types: readonly TypeChoice[]
  onChange: (view: InboxView) => void
  deeds: Deeds
  /** Begins ticking by fingers; not where there is nothing to tick. */
  onSelect: (() => void) | undefined
}

export function Toolbar({ view, types, onChange, deeds, onSelect }: ToolbarProps) {
  const strings = useStrings()
  const unread = useUnreadCount()
  const counts = { all: null, unread, action: useAwaitingCount() }
  const marksAll = view.tab !== 'action' && !isFiltered(view)
  return (
    <>
      <div className="inbox-bar">
        <Tabs.List className="inbox-tabs" aria-label={strings.inbox}>
          {TABS.map(tab => (
            <Tabs.Tab key={tab} value={tab} className="inbox-tab">
              {strings.tabs[tab]}
              {counts[tab] ? <span className="inbox-tab-count">{counts[tab]}</span> : null}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <span className="inbox-spring" />
        {onSelect && (
          <ToolButton
            name={strings.selectSeveral}
            className="inbox-select"
            onClick={onSelect}
            icon={<ListChecks className="inbox-icon" aria-hidden="true" />}
          />
        )}
        <FilterMenu view={view} types={types} onChange={onChange} />
        {marksAll && (
          <ToolButton
            name={strings.markAllRead}
            disabled={unread === 0}
            onClick={deeds.markAllRead}
            icon={<CheckCheck className="inbox-icon" aria-hidden="true" />}
          />
        )}
      </div>
      <ActiveFilters view={view} types={types} onChange={onChange} />
    </>
  )
}

interface BulkBarProps {
  selection: Selection
  perform: (deed: Deed) => void
  onClear: () => void
}

export function BulkBar({ selection, perform, onClear }: BulkBarProps) {
  const strings = useStrings()
  const bar = useRef<HTMLDivElement>(null)
  const count = selection.items.size
  const disabled = count === 0
  // The button that began it is gone: the focus goes on here.
  useEffect(() => {
    if (document.activeElement === document.body) bar.current?.querySelector('button')?.focus()
  }, [])
  return (
    <div ref={bar} className="inbox-bar inbox-bulk" role="toolbar" aria-label={strings.selected(count)}>
      <ToolButton
        name={strings.clearSelection}
        keys={['Escape']}
        onClick={onClear}
        icon={<X className="inbox-icon" aria-hidden="true" />}
      />
      <span className="inbox-bulk-count" role="status">
        {disabled ? strings.selectHint : strings.selected(count)}
      </span>
      <span className="inbox-spring" />
      <ToolButton
        name={strings.markRead}
        keys={['e']}
        disabled={disabled}
        onClick={() => perform('read')}
        icon={<Check className="inbox-icon" aria-hidden="true" />}
      />
      <ToolButton
        name={strings.markUnread}
        keys={['u']}
        disabled={disabled}
        onClick={() => perform('unread')}
        icon={<Mail className="inbox-icon" aria-hidden="true" />}
      />
      <ToolButton
        name={strings.remove}
        keys={['#', 'Delete']}
        disabled={disabled}
        onClick={() => perform('delete')}
        icon={<Trash2 className="inbox-icon" aria-hidden="true" />}
      />
    </div>
  )
}

interface ToolButtonProps {
  name: string
  icon: ReactNode
  keys?: readonly string[]
  disabled?: boolean
  className?: string
  onClick: () => void
}

export function ToolButton({ name, icon, keys = [], disabled = false, className, onClick }: ToolButtonProps) {
  const acting = useKeysThatAct()
  return (
    <button
      type="button"
      className={className ? `inbox-icon-button ${className}` : 'inbox-icon-button'}
      aria-label={name}
      title={name}
      aria-keyshortcuts={acting(...keys)}
      // Not `disabled`: that would throw away the focus of whoever has just pressed it.
      aria-disabled={disabled}
      onClick={() => !disabled && onClick()}
    >
      {icon}
    </button>
  )
}

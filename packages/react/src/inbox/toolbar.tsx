/** Above the list: its tabs and filters, or, while rows are ticked, what can be done to all of them. */
import { Tabs } from '@base-ui/react/tabs'
import { Check, CheckCheck, Mail, Trash2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useUnreadCount } from '../hooks.ts'
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
}

export function Toolbar({ view, types, onChange, deeds }: ToolbarProps) {
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
}

export function BulkBar({ selection, perform }: BulkBarProps) {
  const strings = useStrings()
  return (
    <div className="inbox-bar inbox-bulk" role="toolbar" aria-label={strings.selected(selection.items.size)}>
      <ToolButton
        name={strings.clearSelection}
        shortcut="Escape"
        onClick={selection.clear}
        icon={<X className="inbox-icon" aria-hidden="true" />}
      />
      <span className="inbox-bulk-count" role="status">
        {strings.selected(selection.items.size)}
      </span>
      <span className="inbox-spring" />
      <ToolButton
        name={strings.markRead}
        shortcut="e"
        onClick={() => perform('read')}
        icon={<Check className="inbox-icon" aria-hidden="true" />}
      />
      <ToolButton
        name={strings.markUnread}
        shortcut="u"
        onClick={() => perform('unread')}
        icon={<Mail className="inbox-icon" aria-hidden="true" />}
      />
      <ToolButton
        name={strings.remove}
        shortcut="#"
        onClick={() => perform('delete')}
        icon={<Trash2 className="inbox-icon" aria-hidden="true" />}
      />
    </div>
  )
}

interface ToolButtonProps {
  name: string
  icon: ReactNode
  shortcut?: string
  disabled?: boolean
  onClick: () => void
}

export function ToolButton({ name, icon, shortcut, disabled = false, onClick }: ToolButtonProps) {
  return (
    <button
      type="button"
      className="inbox-icon-button"
      aria-label={name}
      title={name}
      aria-keyshortcuts={shortcut}
      // Not `disabled`: that would throw away the focus of whoever has just pressed it.
      aria-disabled={disabled}
      onClick={() => !disabled && onClick()}
    >
      {icon}
    </button>
  )
}

/** The menu that narrows the list, and what it is narrowed by, each to be cleared. */
import { Menu } from '@base-ui/react/menu'
import { Check, ListFilter, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useStrings } from '../strings.ts'
import { type InboxView, isFiltered, PRIORITIES } from './view.ts'

export interface TypeChoice {
  readonly value: string
  readonly label: string
}

interface FilterProps {
  view: InboxView
  types: readonly TypeChoice[]
  onChange: (view: InboxView) => void
}

const ANY = ''

export function FilterMenu({ view, types, onChange }: FilterProps) {
  const strings = useStrings()
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        className="inbox-icon-button inbox-filter"
        aria-label={strings.filter}
        title={strings.filter}
        data-on={isFiltered(view)}
      >
        <ListFilter className="inbox-icon" aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner
          className="inbox-root inbox-positioner"
          align="end"
          sideOffset={6}
          collisionPadding={8}
        >
          <Menu.Popup className="inbox-menu">
            <Choices
              name={strings.priorityFilter}
              value={view.priority}
              any={strings.anyPriority}
              options={PRIORITIES.map(value => ({ value, label: strings.priorityName[value] }))}
              onChange={priority => onChange({ ...view, priority })}
            />
            {types.length > 0 && (
              <Choices
                name={strings.type}
                value={view.type}
                any={strings.anyType}
                options={types}
                onChange={type => onChange({ ...view, type })}
              />
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

interface ChoicesProps<T extends string> {
  name: string
  value: T | undefined
  any: string
  options: readonly { value: T; label: string }[]
  onChange: (value: T | undefined) => void
}

function Choices<T extends string>({ name, value, any, options, onChange }: ChoicesProps<T>) {
  return (
    <Menu.Group>
      <Menu.GroupLabel className="inbox-menu-label">{name}</Menu.GroupLabel>
      <Menu.RadioGroup
        value={value ?? ANY}
        onValueChange={next => onChange(next === ANY ? undefined : (next as T))}
      >
        {[{ value: ANY, label: any }, ...options].map(option => (
          <Menu.RadioItem key={option.value} value={option.value} closeOnClick className="inbox-menu-item">
            {option.label}
            <Menu.RadioItemIndicator className="inbox-menu-mark">
              <Check className="inbox-icon" aria-hidden="true" />
            </Menu.RadioItemIndicator>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  )
}

export function ActiveFilters({ view, types, onChange }: FilterProps) {
  const strings = useStrings()
  if (!isFiltered(view)) return null
  const { type, priority } = view
  return (
    <div className="inbox-chips">
      {priority !== undefined && (
        <Chip name={strings.priorityFilter} onClear={() => onChange({ ...view, priority: undefined })}>
          {strings.priorityName[priority]}
        </Chip>
      )}
      {type !== undefined && (
        <Chip name={strings.type} onClear={() => onChange({ ...view, type: undefined })}>
          {types.find(({ value }) => value === type)?.label ?? type}
        </Chip>
      )}
    </div>
  )
}

function Chip({ name, onClear, children }: { name: string; onClear: () => void; children: ReactNode }) {
  const strings = useStrings()
  return (
    <span className="inbox-chip">
      <span className="inbox-chip-name">{name}</span>
      {children}
      <button type="button" aria-label={strings.clearFilter(name)} onClick={onClear}>
        <X className="inbox-icon" aria-hidden="true" />
      </button>
    </span>
  )
}

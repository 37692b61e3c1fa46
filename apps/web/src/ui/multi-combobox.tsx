/** Chooses several things of many by typing part of a name; those chosen are shown by whoever uses it. */
import { Combobox as Base } from '@base-ui/react/combobox'
import type { ReactNode } from 'react'
import { ComboboxPopup } from './combobox-popup.tsx'
import { controlClass, type FieldControl } from './field.tsx'

interface Props<T extends { id: string }> {
  control: FieldControl
  value: readonly T[]
  onChange: (value: T[]) => void
  found: readonly T[] | undefined
  onSearch: (text: string) => void
  labelOf: (thing: T) => string
  children: (thing: T) => ReactNode
  placeholder: string
  none: string
}

export function MultiCombobox<T extends { id: string }>(props: Props<T>) {
  const { control, value, onChange, found, onSearch, labelOf, children, placeholder, none } = props
  return (
    <Base.Root
      multiple
      items={found ?? []}
      filter={null}
      value={value}
      onValueChange={(next: T[], details) => {
        // Escape closes what is open; it does not throw away all that was chosen.
        if (details.reason === 'escape-key') return details.allowPropagation()
        onChange(next)
        onSearch('')
      }}
      onInputValueChange={(text, { reason }) => {
        if (reason === 'input-change') onSearch(text.trim())
      }}
      itemToStringLabel={labelOf}
      isItemEqualToValue={(item, chosen) => item.id === chosen.id}
      autoHighlight
    >
      <Base.InputGroup>
        <Base.Input
          {...control}
          placeholder={placeholder}
          autoComplete="off"
          className={`${controlClass} h-9 touch:h-11`}
        />
      </Base.InputGroup>
      <ComboboxPopup found={found} none={none}>
        {children}
      </ComboboxPopup>
    </Base.Root>
  )
}

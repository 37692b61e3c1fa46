/** Chooses one thing of many by typing part of its name; whoever uses it does the searching. */
import { Combobox as Base } from '@base-ui/react/combobox'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { ComboboxPopup } from './combobox-popup.tsx'
import { controlClass, type FieldControl } from './field.tsx'

interface Thing {
  id: string
}

interface Props<T extends Thing> {
  control: FieldControl
  value: T | null
  onChange: (value: T | null) => void
  /** What the last search found, or nothing while it runs. */
  found: readonly T[] | undefined
  onSearch: (text: string) => void
  labelOf: (thing: T) => string
  children: (thing: T) => ReactNode
  placeholder: string
  /** Said when nothing is found. */
  none: string
}

export function Combobox<T extends Thing>(props: Props<T>) {
  const { control, value, onChange, found, onSearch, labelOf, children, placeholder, none } = props
  return (
    <Base.Root
      items={found ?? []}
      filter={null}
      value={value}
      onValueChange={(next: T | null) => {
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
      <Base.InputGroup className="relative">
        <Base.Input
          {...control}
          placeholder={placeholder}
          autoComplete="off"
          className={`${controlClass} h-9 pr-9 touch:h-11`}
        />
        <Base.Clear
          aria-label="Clear"
          className="absolute inset-y-0 right-0 flex w-9 items-center justify-center rounded-md text-subtle hover:text-ink touch:w-11"
        >
          <X aria-hidden="true" className="size-4" />
        </Base.Clear>
      </Base.InputGroup>
      <ComboboxPopup found={found} none={none}>
        {children}
      </ComboboxPopup>
    </Base.Root>
  )
}

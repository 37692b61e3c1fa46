/** Chooses one thing of many by typing part of its name; whoever uses it does the searching. */
import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, X } from 'lucide-react'
import type { ReactNode } from 'react'
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
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50 outline-none">
          <Base.Popup
            aria-busy={!found || undefined}
            className="pop max-h-[min(20rem,var(--available-height))] w-(--anchor-width) overflow-y-auto overscroll-contain rounded-lg bg-raised p-1 shadow-raised"
          >
            <Base.Status className="px-2 text-sm text-muted">
              {!found && <p className="py-2">Searching…</p>}
            </Base.Status>
            <Base.Empty className="px-2 text-sm text-muted">
              {found && <p className="py-2">{none}</p>}
            </Base.Empty>
            <Base.List>
              {(thing: T) => (
                <Base.Item
                  key={thing.id}
                  value={thing}
                  className="flex min-h-10 cursor-default select-none items-center gap-2.5 rounded-md px-2 py-1.5 text-sm outline-none data-highlighted:bg-hover touch:min-h-12 dark:data-highlighted:bg-pressed"
                >
                  {children(thing)}
                  <Base.ItemIndicator className="ml-auto">
                    <Check aria-hidden="true" className="size-4 text-muted" />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

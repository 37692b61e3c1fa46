/** What drops from a combobox: what was found, that it is being looked for, or that there is nothing. */
import { Combobox as Base } from '@base-ui/react/combobox'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'

interface Props<T> {
  /** What the last search found, or nothing while it runs. */
  found: readonly T[] | undefined
  /** Said when nothing is found. */
  none: string
  children: (thing: T) => ReactNode
}

export function ComboboxPopup<T extends { id: string }>({ found, none, children }: Props<T>) {
  return (
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
  )
}

/** Opens the panel beside the bell, places it, and gives the focus back. Fetched after the bell itself. */
import { Popover } from '@base-ui/react/popover'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { usePanel } from '../provider.tsx'
import { BellPanel, type BellPanelProps } from './panel.tsx'
import { tabStop } from './use-list-keys.ts'

interface Props {
  look: { className: string; 'aria-label': string; title: string }
  face: ReactNode
  /** Whether the focus was on the bell before this was there. */
  takesFocus: RefObject<boolean>
  panel: BellPanelProps
}

export function BellPopover({ look, face, takesFocus, panel }: Props) {
  const { open, setOpen } = usePanel()
  const trigger = useRef<HTMLButtonElement>(null)
  const popup = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (takesFocus.current && document.activeElement === document.body) trigger.current?.focus()
  }, [takesFocus])
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger ref={trigger} {...look}>
        {face}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner
          className="inbox-root inbox-positioner"
          side="bottom"
          align="end"
          sideOffset={8}
          collisionPadding={8}
        >
          <Popover.Popup
            ref={popup}
            className="inbox-panel"
            initialFocus={() => tabStop(popup.current) ?? popup.current}
          >
            <BellPanel {...panel} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** Asks whether the desktop may tell what arrives. Shown once something has, and until it is answered. */
import { useStrings } from './strings.ts'
import type { DesktopControl } from './use-desktop-notifications.ts'

export function DesktopQuestion({ control }: { control: DesktopControl }) {
  const strings = useStrings()
  if (control.state !== 'ask') return null
  return (
    <div className="inbox-root inbox-ask">
      <span>{strings.desktopQuestion}</span>
      <button type="button" className="inbox-text-button" onClick={() => control.setOn(true)}>
        {strings.desktopYes}
      </button>
      <button type="button" className="inbox-text-button" onClick={() => control.setOn(false)}>
        {strings.desktopNo}
      </button>
    </div>
  )
}

/** The keys of the inbox: what they are, as hints below the list and as a help that `?` opens. */
import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type InboxKey, useStrings } from '../strings.ts'

const KEYS: Readonly<Record<InboxKey, readonly string[]>> = {
  move: ['j', 'k'],
  open: ['Enter'],
  read: ['e'],
  unread: ['u'],
  select: ['x'],
  range: ['Shift', 'x'],
  delete: ['#'],
  undo: ['z'],
  clear: ['Esc'],
  help: ['?'],
}

const HINTS: readonly InboxKey[] = ['move', 'read', 'select', 'delete']

const Keys = ({ of }: { of: InboxKey }) => KEYS[of].map(key => <kbd key={key}>{key}</kbd>)

export function KeyHints({ onHelp }: { onHelp: () => void }) {
  const strings = useStrings()
  return (
    <div className="inbox-hints">
      {HINTS.map(key => (
        <span key={key} aria-hidden="true">
          <Keys of={key} />
          {strings.keyHints[key]}
        </span>
      ))}
      <button type="button" className="inbox-hints-more" aria-keyshortcuts="?" onClick={onHelp}>
        <Keys of="help" />
        {strings.keyNames.help}
      </button>
    </div>
  )
}

export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const strings = useStrings()
  return (
    <Dialog.Root open={open} onOpenChange={next => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="inbox-root inbox-scrim" />
        <Dialog.Popup className="inbox-root inbox-dialog">
          <div className="inbox-dialog-head">
            <Dialog.Title className="inbox-heading">{strings.keys}</Dialog.Title>
            <Dialog.Close className="inbox-icon-button" aria-label={strings.dismiss}>
              <X className="inbox-icon" aria-hidden="true" />
            </Dialog.Close>
          </div>
          <dl className="inbox-keys">
            {(Object.keys(KEYS) as InboxKey[]).map(key => (
              <div key={key}>
                <dt>
                  <Keys of={key} />
                </dt>
                <dd>{strings.keyNames[key]}</dd>
              </div>
            ))}
          </dl>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

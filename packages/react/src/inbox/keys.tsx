/** The keys of the inbox: what they are, as hints below the list and as a help that `?` opens. */
import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { isLetter, useKeysThatAct, useLetterKeys } from '../letter-keys.ts'
import { type InboxKey, useStrings } from '../strings.ts'

/** All but the one that shows them: whoever reads it has found it. */
type ListedKey = Exclude<InboxKey, 'help'>

/** One way to do it after another, each of keys that are pressed together. */
const KEYS: Readonly<Record<ListedKey, readonly (readonly string[])[]>> = {
  move: [['j'], ['k'], ['↓'], ['↑']],
  open: [['Enter']],
  read: [['e']],
  unread: [['u']],
  select: [['x']],
  range: [['Shift', 'x']],
  delete: [['#'], ['Delete']],
  undo: [['z']],
  clear: [['Esc']],
}
/** On keyboards; the arrows print nothing. */
const ARROWS = ['↓', '↑']

const HINTS: readonly ListedKey[] = ['move', 'read', 'select', 'delete']

const prints = (keys: readonly string[]) => keys.some(key => isLetter(key) && !ARROWS.includes(key))

/** The ways of doing it that there are now; in a hint only the short ones. */
function useWays(): (of: ListedKey, short?: boolean) => readonly (readonly string[])[] {
  const letters = useLetterKeys()
  return (of, short = false) => KEYS[of].filter(way => (letters || !prints(way)) && (!short || prints(way)))
}

const Way = ({ keys }: { keys: readonly string[] }) => keys.map(key => <kbd key={key}>{key}</kbd>)

export function KeyHints({ onHelp }: { onHelp: () => void }) {
  const strings = useStrings()
  const letters = useLetterKeys()
  const acting = useKeysThatAct()
  const ways = useWays()
  return (
    <div className="inbox-hints">
      {letters &&
        HINTS.map(key => (
          <span key={key} aria-hidden="true">
            {ways(key, true).map(way => (
              <Way key={way.join()} keys={way} />
            ))}
            {strings.keyHints[key]}
          </span>
        ))}
      <button type="button" className="inbox-hints-more" aria-keyshortcuts={acting('?')} onClick={onHelp}>
        {letters && <kbd>?</kbd>}
        {strings.keyNames.help}
      </button>
    </div>
  )
}

/** The keys of the inbox and what they do, for a help that an application has of its own. */
export function InboxKeys() {
  const strings = useStrings()
  const ways = useWays()
  return (
    <div className="inbox-root">
      <dl className="inbox-keys">
        {(Object.keys(KEYS) as ListedKey[])
          .filter(key => ways(key).length > 0)
          .map(key => (
            <div key={key}>
              <dt>
                {ways(key).map(way => (
                  <span key={way.join()}>
                    <Way keys={way} />
                  </span>
                ))}
              </dt>
              <dd>{strings.keyNames[key]}</dd>
            </div>
          ))}
      </dl>
    </div>
  )
}

export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const strings = useStrings()
  const letters = useLetterKeys()
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
          {!letters && (
            <Dialog.Description className="inbox-keys-off">{strings.letterKeysOff}</Dialog.Description>
          )}
          <InboxKeys />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

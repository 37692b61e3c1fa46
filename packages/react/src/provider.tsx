/** Hands one inbox, the words and the state of the bell's panel to the components below. It opens no connection. */
import type { Inbox } from '@pms/client'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { LetterKeysContext } from './letter-keys.ts'
import { DEFAULT_STRINGS, type InboxStrings, StringsContext } from './strings.ts'

interface Panel {
  readonly open: boolean
  setOpen(open: boolean): void
}

const InboxContext = createContext<Inbox | null>(null)
const PanelContext = createContext<Panel | null>(null)

export interface InboxProviderProps {
  inbox: Inbox
  /** Replaces some of the words, or all of them. */
  strings?: Partial<InboxStrings>
  /** Whoever reads: what they have settled themselves is said to be settled by them, not by their name. */
  currentUserName?: string
  /** Whether letters and signs act as keys, as they do unless this says no. Other keys always do. */
  letterKeys?: boolean
  children: ReactNode
}

/** Whoever made the inbox also connects and closes it: its life is that of a sign-in, not that of a component. */
export function InboxProvider(props: InboxProviderProps) {
  const { inbox, strings, currentUserName, letterKeys = true, children } = props
  const words = useMemo(() => {
    const all = { ...DEFAULT_STRINGS, ...strings }
    const settledBy = (name: string | null) =>
      name !== null && name === currentUserName ? all.settledByYou : all.settledBy(name)
    return { ...all, settledBy }
  }, [strings, currentUserName])
  const [open, setOpen] = useState(false)
  const panel = useMemo(() => ({ open, setOpen }), [open])
  return (
    <InboxContext value={inbox}>
      <StringsContext value={words}>
        <LetterKeysContext value={letterKeys}>
          <PanelContext value={panel}>{children}</PanelContext>
        </LetterKeysContext>
      </StringsContext>
    </InboxContext>
  )
}

/** The inbox itself: its actions, and its state for whoever wants to read it without rendering. */
export function useInbox(): Inbox {
  return required(useContext(InboxContext))
}

/** Whether the bell's panel is open, for the bell and for what opens it from elsewhere. */
export function usePanel(): Panel {
  return required(useContext(PanelContext))
}

function required<T>(value: T | null): T {
  if (value === null) throw new Error('An <InboxProvider> is missing above this component')
  return value
}

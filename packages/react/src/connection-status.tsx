/** Whether what is shown is live, said honestly: by a dot, and in words where it is not. */
import type { ConnectionState } from '@pms/client'
import { useNowBySecond } from './clock.ts'
import { useConnectionState } from './hooks.ts'
import { connectionWord, type InboxStrings, useStrings } from './strings.ts'

/** The words, with the seconds until the next try where there is one to wait for. */
function connectionText({ status, retryAt }: ConnectionState, now: number, strings: InboxStrings): string {
  const seconds = retryAt === null ? 0 : Math.ceil((retryAt - now) / 1000)
  return status === 'reconnecting' && seconds > 0
    ? strings.reconnectingIn(seconds)
    : connectionWord(strings, status)
}

/** The dot alone, for a corner of something that says the words itself. */
export function ConnectionDot() {
  const { status } = useConnectionState()
  return <span className="inbox-dot" data-status={status} aria-hidden="true" />
}

/** Dot and words, to be put wherever the application wants to show how it stands. */
export function ConnectionStatus() {
  const state = useConnectionState()
  return (
    <span className="inbox-root inbox-connection" data-status={state.status}>
      <ConnectionDot />
      {state.retryAt === null ? <PlainText state={state} /> : <CountedText state={state} />}
    </span>
  )
}

function PlainText({ state }: { state: ConnectionState }) {
  return <span>{connectionText(state, 0, useStrings())}</span>
}

/** Apart, so that the clock of seconds runs only while there are seconds to count. */
function CountedText({ state }: { state: ConnectionState }) {
  return <span>{connectionText(state, useNowBySecond(), useStrings())}</span>
}

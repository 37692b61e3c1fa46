/** Single things about which somebody wants to hear no more, each by the notification it was muted from. */
import type { MutedThing } from '@pms/contract'
import { useNavigate } from '@tanstack/react-router'
import { Button } from '../../ui/button.tsx'
import { localPath } from '../../ui/local-path.ts'
import { Ago } from '../../ui/time.tsx'
import { Section } from './section.tsx'

interface Props {
  things: readonly MutedThing[]
  onUnmute: (thing: MutedThing) => void
}

export function MutedThings({ things, onUnmute }: Props) {
  return (
    <Section
      title="Muted things"
      lead="From any notification you can mute what it is about. What asks you for something still comes."
    >
      {things.length === 0 ? (
        <p className="border-y border-line py-4 text-sm text-muted">Nothing is muted.</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {things.map(thing => (
            <li key={`${thing.type} ${thing.id}`} className="flex min-h-14 items-center gap-4 py-2">
              <span className="min-w-0 flex-1">
                <Message thing={thing} />
                <span className="block text-sm text-muted">
                  Muted <Ago at={thing.muted_at} />
                </span>
              </span>
              <Button onClick={() => onUnmute(thing)} aria-label={`Unmute: ${thing.message}`}>
                Unmute
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Message({ thing: { message, action_url } }: { thing: MutedThing }) {
  const navigate = useNavigate()
  const href = localPath(action_url)
  if (!href) return <span className="block text-base text-pretty">{message}</span>
  return (
    <a
      href={href}
      className="text-base text-pretty hover:underline"
      onClick={event => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        void navigate({ href })
      }}
    >
      {message}
    </a>
  )
}

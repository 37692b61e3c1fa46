/**
 * Under a notification: why it came, and the two ways to hear less of the kind. Whoever shows notifications puts it
 * there; it knows nothing of them but what they are.
 */
import type { NotificationPreference, NotificationReason } from '@pms/contract'
import type { InboxItem } from '@pms/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { sentenceOf } from '../../api/problem.ts'
import { type Labels, labelOf } from '../../shared/notification-types.ts'
import { preferencesQuery, useWish } from '../../shared/preferences.ts'
import { Button } from '../../ui/button.tsx'
import { inSentence } from './words.ts'

export function WhyThis({ item, labels }: { item: InboxItem; labels: Labels }) {
  const { data } = useQuery(preferencesQuery)
  const wish = useWish()
  const preference = data?.types.find(({ type }) => type === item.type)
  if (!data || !preference) return null
  const { object } = item
  const isThingMuted = data.muted_things.some(it => it.type === object?.type && it.id === object.id)
  const reasons = reasonsOf(preference, item)
  return (
    <details className="group mt-8 border-t border-line pt-3 text-sm text-muted">
      <summary className="inline-flex min-h-8 items-center rounded-md font-medium hover:text-ink touch:min-h-11">
        Why did I get this?
      </summary>
      <div className="mt-1 space-y-3">
        {reasons.map(({ raised_by, recipients }) => (
          <p key={raised_by + recipients} className="text-pretty">
            {raised_by}. That is told to {inSentence(recipients)}.
          </p>
        ))}
        <div role="status" className="flex flex-wrap items-center gap-2">
          {preference.needs_action === 'always' ? (
            <p>It asks for something, so it always comes.</p>
          ) : (
            <Mute
              name={`“${labelOf(item.type, labels)}”`}
              isMuted={!preference.in_app}
              onChange={muted => wish.mutate({ type: item.type, changes: { in_app: !muted } })}
            />
          )}
          {object && (
            <Mute
              name={`this ${object.type.replaceAll('_', ' ')}`}
              isMuted={isThingMuted}
              onChange={muted =>
                wish.mutate(
                  muted
                    ? { mute: { notification_id: item.id } }
                    : { unmute: { type: object.type, id: object.id } },
                )
              }
            />
          )}
        </div>
        {preference.needs_action === 'sometimes' && !preference.in_app && (
          <p>What asks you for something still comes.</p>
        )}
        {wish.error && <p className="text-danger-text">{sentenceOf(wish.error)}</p>}
        <Link to="/settings" className="inline-block font-medium text-accent-text hover:underline">
          All settings of notifications
        </Link>
      </div>
    </details>
  )
}

interface MuteProps {
  name: string
  isMuted: boolean
  onChange: (muted: boolean) => void
}

/** One button for there and back: what was pressed keeps the focus. */
const Mute = ({ name, isMuted, onChange }: MuteProps) => (
  <span className="flex flex-wrap items-center gap-2">
    {isMuted && <span key="said">{capital(name)} is muted.</span>}
    <Button key="button" onClick={() => onChange(!isMuted)}>
      {isMuted ? 'Undo' : `Mute ${name}`}
    </Button>
  </span>
)

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** Of the texts that the type has, those that this one can be. */
function reasonsOf({ reasons }: NotificationPreference, item: InboxItem): NotificationReason[] {
  const fitting = reasons.filter(it => it.priority === item.priority && it.needs_action === item.needs_action)
  return fitting.length > 0 ? fitting : [...reasons]
}

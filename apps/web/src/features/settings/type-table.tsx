/** Every type with its three switches, in groups. */
import type { NotificationChannels, NotificationPreference } from '@pms/contract'
import { Lock } from 'lucide-react'
import { type Labels, labelOf } from '../../shared/notification-types.ts'
import { Switch } from '../../ui/switch.tsx'
import { type Group, inSentence } from './words.ts'

const CHANNELS: readonly { channel: keyof NotificationChannels; name: string }[] = [
  { channel: 'in_app', name: 'Inbox' },
  { channel: 'sound', name: 'Sound' },
  { channel: 'desktop', name: 'Desktop' },
]

interface Props {
  groups: readonly Group[]
  labels: Labels
  onChange: (type: string, changes: Partial<NotificationChannels>) => void
}

export function TypeTable({ groups, labels, onChange }: Props) {
  return (
    <table className="w-full table-fixed border-collapse text-left">
      <caption className="sr-only">What comes to you, and how</caption>
      <thead>
        <tr className="text-xs text-muted">
          <th scope="col" className="pb-2 font-medium">
            <span className="sr-only">Notification</span>
          </th>
          {CHANNELS.map(({ channel, name }) => (
            <th key={channel} scope="col" className="w-14 pb-2 text-center font-medium sm:w-20">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map(({ name, types }) => (
        <tbody key={name}>
          <tr>
            <th
              scope="rowgroup"
              colSpan={4}
              className="border-b border-line pt-8 pb-2 text-sm font-semibold in-[tbody:first-of-type]:pt-2"
            >
              {name}
            </th>
          </tr>
          {types.map(preference => (
            <Row
              key={preference.type}
              preference={preference}
              label={labelOf(preference.type, labels)}
              onChange={changes => onChange(preference.type, changes)}
            />
          ))}
        </tbody>
      ))}
    </table>
  )
}

interface RowProps {
  preference: NotificationPreference
  label: string
  onChange: (changes: Partial<NotificationChannels>) => void
}

function Row({ preference, label, onChange }: RowProps) {
  const { needs_action, in_app, reasons } = preference
  const locked = needs_action === 'always'
  const raised = [...new Set(reasons.map(({ raised_by }) => raised_by))]
  return (
    <tr className="border-b border-line">
      <th scope="row" className="py-2.5 pr-3 font-normal">
        <span className="block text-base font-medium">{label}</span>
        <span className="block text-sm text-muted text-pretty">
          {raised[0]}
          {raised.length > 1 && <>, or {raised.slice(1).map(inSentence).join(', or ')}</>}
          {needs_action === 'sometimes' && '. What asks you for something always comes'}.
        </span>
      </th>
      {CHANNELS.map(({ channel, name }) => (
        <td key={channel} className="align-middle">
          <span className="flex h-11 items-center justify-center">
            {channel === 'in_app' && locked ? (
              <span title="It asks you for something, so it always comes">
                <Lock aria-hidden="true" className="size-4 text-subtle" />
                <span className="sr-only">Always: it asks you for something</span>
              </span>
            ) : (
              <Switch
                label={`${label}: ${name}`}
                checked={preference[channel] && (channel === 'in_app' || in_app || needs_action !== 'never')}
                // What does not come is neither heard nor shown.
                disabled={channel !== 'in_app' && !in_app && needs_action === 'never'}
                onChange={on => onChange({ [channel]: on })}
              />
            )}
          </span>
        </td>
      ))}
    </tr>
  )
}

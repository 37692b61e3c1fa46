/** What comes to me, and how: on this device as a whole, by type, and single things that are muted. */
import { useQuery } from '@tanstack/react-query'
import { sentenceOf } from '../../api/problem.ts'
import type { Labels } from '../../shared/notification-types.ts'
import { preferencesQuery, useWish } from '../../shared/preferences.ts'
import { Failed, Notice } from '../../ui/messages.tsx'
import { type DeviceControls, DeviceSection } from './device-section.tsx'
import { MutedThings } from './muted-things.tsx'
import { Section, SettingsBody } from './section.tsx'
import { SettingsHead } from './settings-head.tsx'
import { TypeTable } from './type-table.tsx'
import { groupsOf } from './words.ts'

interface Props extends DeviceControls {
  /** What the types are called. */
  labels: Labels
}

export function NotificationSettings({ labels, ...controls }: Props) {
  const { data, error, refetch } = useQuery(preferencesQuery)
  const wish = useWish()
  return (
    <>
      <SettingsHead current="Notifications" />
      <SettingsBody>
        <DeviceSection {...controls} />
        {wish.error && <Notice>{sentenceOf(wish.error)}</Notice>}
        {data ? (
          <>
            <Section
              title="What comes to you"
              lead="What is off in the inbox is not made for you at all. Sound and desktop count on every device where they are on."
            >
              <TypeTable
                groups={groupsOf(data.types)}
                labels={labels}
                onChange={(type, changes) => wish.mutate({ type, changes })}
              />
            </Section>
            <MutedThings
              things={data.muted_things}
              onUnmute={({ type, id }) => wish.mutate({ unmute: { type, id } })}
            />
          </>
        ) : error ? (
          <Failed error={error} retry={() => void refetch()} />
        ) : (
          <div role="status" className="late space-y-6">
            <span className="sr-only">Loading the settings</span>
            {[1, 2, 3, 4, 5, 6].map(row => (
              <div key={row} className="skeleton h-10" />
            ))}
          </div>
        )}
      </SettingsBody>
    </>
  )
}

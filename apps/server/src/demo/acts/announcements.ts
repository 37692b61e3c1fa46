/** Plays what the story tells of announcements. */
import type { AnnouncementEvent } from '../stories/announcements.ts'
import type { Stage } from './stage.ts'

export async function playAnnouncement(
  { features, people, things, units }: Stage,
  { who, announcement, step }: AnnouncementEvent,
): Promise<void> {
  const caller = people.get(who)
  if (step.verb === 'acknowledge') {
    await features.acknowledge(caller, things.get(announcement))
    return
  }
  const { title, body, priority, unit, role, requires_acknowledgement = false } = step
  const audience = unit ? 'unit' : role ? 'role' : 'everyone'
  const id = await features.publishing.createAnnouncement(caller, {
    title,
    body,
    priority,
    audience,
    unit_id: unit ? (units.get(unit) ?? null) : null,
    role: role ?? null,
    requires_acknowledgement,
    publish: step.verb === 'publish',
  })
  things.set(announcement, id)
}

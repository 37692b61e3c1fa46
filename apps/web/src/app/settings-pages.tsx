/** The settings with what they need of the notifications. The one place where they meet. */
import { useDesktop, useSound } from '../features/notifications/notifications.tsx'
import { TYPES } from '../features/notifications/types.ts'
import { NotificationSettings } from '../features/settings/notifications-page.tsx'

export const NotificationSettingsPage = () => (
  <NotificationSettings labels={TYPES} sound={useSound()} desktop={useDesktop()} />
)

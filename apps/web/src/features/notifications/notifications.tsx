import { Bell } from 'lucide-react'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { IconButton } from '../../ui/button.tsx'
export const Notifications = ({ children }: { children: ReactNode }) => children
export const NotificationBell = () => (
  <IconButton label="Notifications">
    <Bell className="size-[18px]" />
  </IconButton>
)
export const useSound = () => useState(true)

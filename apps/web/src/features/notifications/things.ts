/**
 * What the inbox shows of the thing that a notification is about, and how it is decided there. Features provide a
 * component for their kind of thing; the app puts them together, and the inbox knows none of them.
 */
import type { InboxItem } from '@pms/protocol'
import type { ComponentType } from 'react'

export interface ThingProps {
  id: string
  item: InboxItem
}

/** By the type of the object, as notifications name it. */
export type Things = Readonly<Record<string, ComponentType<ThingProps>>>

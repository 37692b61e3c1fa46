/** The frame that the pages of one initiative share. */
import type { InitiativeDetail } from '@pms/contract'
import type { ReactNode } from 'react'
import { ThingFrame } from '../../ui/thing-frame.tsx'

export const BACK = { to: '/initiatives', label: 'Initiatives' } as const

interface Props {
  initiative: InitiativeDetail | undefined
  error: unknown
  retry: () => void
  children: (initiative: InitiativeDetail) => ReactNode
}

export const InitiativeFrame = ({ initiative, ...rest }: Props) => (
  <ThingFrame name="initiative" back={BACK} thing={initiative} {...rest} />
)

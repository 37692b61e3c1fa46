/** The frame that the pages of one goal share. */
import type { GoalDetail } from '@pms/contract'
import type { ReactNode } from 'react'
import { ThingFrame } from '../../ui/thing-frame.tsx'

export const BACK = { to: '/goals', label: 'Goals' } as const

interface Props {
  goal: GoalDetail | undefined
  error: unknown
  retry: () => void
  children: (goal: GoalDetail) => ReactNode
}

export const GoalFrame = ({ goal, ...rest }: Props) => (
  <ThingFrame name="goal" back={BACK} thing={goal} {...rest} />
)

/** Which tab makes a person aware of something new. */
import type { Presentation } from '../types.ts'
import type { Attention } from './messages.ts'

export interface Choice {
  readonly presenter: string
  readonly presentation: Presentation
}

/** The focused tab; else of the visible ones that which was looked at last; else the leader, in the background. */
export function choosePresenter(leader: string, tabs: Iterable<readonly [string, Attention]>): Choice {
  const [best] = [...tabs]
    .filter(([, { visible, focused }]) => visible || focused)
    .sort(([, a], [, b]) => Number(b.focused) - Number(a.focused) || b.lookedAt - a.lookedAt)
  if (best === undefined) return { presenter: leader, presentation: 'background' }
  return { presenter: best[0], presentation: 'full' }
}

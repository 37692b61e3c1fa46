/** The button of the menu of the person: there at once, while the menu is fetched. */

import { cloneElement, lazy, type ReactElement, Suspense, useState } from 'react'
import { fetched } from '../api/chunk.ts'

const PersonMenu = lazy(async () => ({
  default: (await fetched(() => import('./person-menu.tsx'))).PersonMenu,
}))

interface Props {
  trigger: ReactElement<Record<string, unknown>>
  side: 'top' | 'bottom'
}

export function PersonMenuButton({ trigger, side }: Props) {
  const [isAwaited, setAwaited] = useState(false)
  const early = cloneElement(trigger, { 'aria-haspopup': 'menu', onClick: () => setAwaited(true) })
  return (
    <Suspense fallback={early}>
      <PersonMenu trigger={trigger} side={side} startsOpen={isAwaited} />
    </Suspense>
  )
}

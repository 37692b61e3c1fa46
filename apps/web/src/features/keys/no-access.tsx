/** For those whose work it is not. */
import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { Empty } from '../../ui/messages.tsx'

export function ForKeepers({ children }: { children: ReactNode }) {
  const me = useMe()
  if (me.permissions.includes('keys.manage')) return children
  return (
    <Empty icon={Lock} title="Keys are kept by admins">
      Ask one of them if another system should tell people something here.
    </Empty>
  )
}

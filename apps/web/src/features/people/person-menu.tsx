/** What can be done with an account by whoever keeps it; only what the server allows now is offered. */
import type { UserProfile } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import {
  Archive,
  Download,
  Eraser,
  KeyRound,
  MoreHorizontal,
  Palmtree,
  Pencil,
  ShieldCheck,
  UserCheck,
  UserX,
} from 'lucide-react'
import { useState } from 'react'
import { dataPath } from '../../shared/people.ts'
import { buttonClass, IconButton } from '../../ui/button.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { can, type PersonDeed } from './actions.ts'
import { ArchiveDialog } from './archive-dialog.tsx'
import { EraseDialog } from './erase-dialog.tsx'
import { OnboardingDialog } from './onboarding-dialog.tsx'
import { RoleDialog } from './role-dialog.tsx'
import { type NewStatus, StatusDialog } from './status-dialog.tsx'

interface Props {
  person: UserProfile
  act: (deed: PersonDeed) => Promise<unknown>
}

type Question = 'role' | 'archive' | 'erase' | 'link'

const ICON = 'size-4 text-muted'

export function PersonMenu({ person, act }: Props) {
  const [asking, setAsking] = useState<NewStatus | Question | null>(null)
  const close = () => setAsking(null)
  const [status, role, archive, erase, link] = (
    ['set_status', 'set_role', 'archive', 'erase', 'renew_onboarding'] as const
  ).map(action => can(person, action))
  const isHere = person.status !== 'archived'
  return (
    <div className="flex shrink-0 items-center gap-1.5">
      {can(person, 'edit') && (
        <Link
          to="/people/$personId/edit"
          params={{ personId: person.id }}
          className={buttonClass('secondary')}
        >
          <Pencil aria-hidden="true" className="size-3.5" />
          Edit
        </Link>
      )}
      {(status || role || archive || link) && (
        <Menu
          align="end"
          trigger={
            <IconButton label="More actions">
              <MoreHorizontal aria-hidden="true" className="size-4" />
            </IconButton>
          }
        >
          {status && person.status !== 'active' && (
            <MenuItem onClick={() => setAsking('active')}>
              <UserCheck aria-hidden="true" className={ICON} />
              {isHere ? 'Set active…' : 'Bring back…'}
            </MenuItem>
          )}
          {status && isHere && person.status !== 'on_leave' && (
            <MenuItem onClick={() => setAsking('on_leave')}>
              <Palmtree aria-hidden="true" className={ICON} />
              Set on leave…
            </MenuItem>
          )}
          {role && (
            <MenuItem onClick={() => setAsking('role')}>
              <ShieldCheck aria-hidden="true" className={ICON} />
              Change role…
            </MenuItem>
          )}
          {link && (
            <MenuItem onClick={() => setAsking('link')}>
              <KeyRound aria-hidden="true" className={ICON} />
              {person.onboarded ? 'Reset password…' : 'New onboarding link…'}
            </MenuItem>
          )}
          {can(person, 'export_data') && (
            <MenuItem render={<a href={dataPath(person.id)} download />}>
              <Download aria-hidden="true" className={ICON} />
              Download data
            </MenuItem>
          )}
          {((status && isHere && person.status !== 'suspended') || archive || erase) && <MenuLine />}
          {status && isHere && person.status !== 'suspended' && (
            <MenuItem onClick={() => setAsking('suspended')}>
              <UserX aria-hidden="true" className={ICON} />
              Suspend…
            </MenuItem>
          )}
          {archive && (
            <MenuItem onClick={() => setAsking('archive')}>
              <Archive aria-hidden="true" className={ICON} />
              Archive…
            </MenuItem>
          )}
          {erase && (
            <MenuItem onClick={() => setAsking('erase')}>
              <Eraser aria-hidden="true" className={ICON} />
              Erase…
            </MenuItem>
          )}
        </Menu>
      )}
      {asking === 'role' && <RoleDialog person={person} act={act} onClose={close} />}
      {asking === 'archive' && <ArchiveDialog person={person} act={act} onClose={close} />}
      {asking === 'link' && <OnboardingDialog person={person} onClose={close} />}
      {asking === 'erase' && <EraseDialog person={person} act={act} onClose={close} />}
      {isStatus(asking) && <StatusDialog person={person} status={asking} act={act} onClose={close} />}
    </div>
  )
}

const isStatus = (asked: NewStatus | Question | null): asked is NewStatus =>
  asked === 'active' || asked === 'on_leave' || asked === 'suspended'

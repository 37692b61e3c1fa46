/** A person inside the notification that is about their account: who it is, and what one does next. */
import type { InboxItem } from '@pms/protocol'
import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { InboxHead, ThingInInbox } from '../../ui/thing-in-inbox.tsx'
import { usePerson } from './use-person.ts'
import { absenceWords, ROLE_LABELS, STATUS_LABELS, STATUS_TONES } from './words.ts'

export function PersonInInbox({ id, item }: { id: string; item: InboxItem }) {
  const me = useMe()
  const today = useToday()
  const { person: found, error, retry } = usePerson(id)
  const isMe = id === me.id
  return (
    <ThingInInbox name="person" thing={found} error={error} retry={retry}>
      {person => (
        <>
          <InboxHead
            tone={STATUS_TONES[person.status]}
            word={STATUS_LABELS[person.status]}
            title={
              isMe ? (
                <Link to="/profile">{person.name}</Link>
              ) : (
                <Link to="/people/$personId" params={{ personId: id }}>
                  {person.name}
                </Link>
              )
            }
          >
            <Avatar name={person.name} size="sm" />
            {[person.job_title || ROLE_LABELS[person.role], person.unit?.name, absenceWords(person, today)]
              .filter(Boolean)
              .join(' · ')}
          </InboxHead>
          <div className="flex flex-wrap gap-2 max-sm:*:flex-1">
            {item.type === 'user_created' && (
              <Link to={isMe ? '/goals/new' : '/goals/assign'} className={buttonClass('primary')}>
                {isMe ? 'Set your first goal' : 'Assign a goal'}
              </Link>
            )}
            <Link to={isMe ? '/profile' : '/team'} className={buttonClass('secondary')}>
              {isMe ? 'Open your profile' : 'Open your team'}
            </Link>
          </div>
        </>
      )}
    </ThingInInbox>
  )
}

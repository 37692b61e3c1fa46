/** All that is held of me, to take away. */
import { Download } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { dataPath } from '../../shared/people.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Section } from './section.tsx'

export function OwnData() {
  const me = useMe()
  return (
    <Section
      title="Your data"
      lead="Everything that is held of you, in one file: your profile, work, reviews, notifications, and what you did. A large one takes a while."
    >
      <a href={dataPath(me.id)} download className={buttonClass('secondary')}>
        <Download aria-hidden="true" className="size-3.5" />
        Download my data
      </a>
    </Section>
  )
}

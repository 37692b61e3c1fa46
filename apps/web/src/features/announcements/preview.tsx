/** How it will look to those who get it, while it is being written. */
import { useMe } from '../../api/browser-session.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import type { AnnouncementDraft } from './draft.ts'
import { PriorityMark } from './priority-mark.tsx'
import { PRIORITY_MEANINGS } from './words.ts'

export function Preview({ draft, audience }: { draft: AnnouncementDraft; audience: string }) {
  const me = useMe()
  const title = draft.title.trim()
  const body = draft.body.trim()
  return (
    <section aria-labelledby="preview">
      <h2 id="preview" className="mb-1.5 text-sm font-medium">
        Preview
      </h2>
      <div className="rounded-lg border border-line bg-sunken p-4">
        <div className="rounded-lg bg-raised px-4 py-3.5 shadow-raised">
          <p className="flex items-start gap-2 text-sm">
            {draft.priority !== 'low' && <PriorityMark priority={draft.priority} className="mt-0.5" />}
            <span className={cx('min-w-0 break-words font-semibold', !title && 'text-subtle')}>
              {title || 'Title'}
            </span>
          </p>
          <p
            className={cx(
              'mt-1 whitespace-pre-wrap break-words text-sm text-pretty',
              body ? 'text-muted' : 'text-subtle',
            )}
          >
            {body || 'What there is to know'}
          </p>
          <p className="mt-2 text-xs text-subtle">{me.name} · just now</p>
          {draft.requires_acknowledgement && (
            <div className="mt-3" inert>
              <Button variant="primary">Acknowledge</Button>
            </div>
          )}
        </div>
      </div>
      <p className="mt-2 text-sm text-muted text-pretty">
        {audience}. {PRIORITY_MEANINGS[draft.priority]}
      </p>
    </section>
  )
}

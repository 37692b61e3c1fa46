/** What a toast looks like: the mark, a title, three lines of text, and a cross. */
import type { Priority } from '@pms/client'
import { X } from 'lucide-react'
import { PriorityMark } from '../priority-mark.tsx'
import { useStrings } from '../strings.ts'

interface ToastCardProps {
  priority: Priority
  title: string
  text: string
  onOpen?: () => void
  onDismiss: () => void
}

export function ToastCard({ priority, title, text, onOpen, onDismiss }: ToastCardProps) {
  const strings = useStrings()
  const content = (
    <>
      <PriorityMark priority={priority} />
      <span className="inbox-toast-title">{title}</span>
      <span className="inbox-toast-text">{text}</span>
    </>
  )
  return (
    // The list around it is polite; what is urgent interrupts.
    <div className="inbox-root inbox-toast-card" role={priority === 'urgent' ? 'alert' : undefined}>
      {onOpen ? (
        <button type="button" className="inbox-toast-open" onClick={onOpen}>
          {content}
        </button>
      ) : (
        <div className="inbox-toast-open">{content}</div>
      )}
      <button
        type="button"
        className="inbox-icon-button inbox-toast-dismiss"
        aria-label={strings.dismiss}
        onClick={onDismiss}
      >
        <X className="inbox-icon" aria-hidden="true" />
      </button>
    </div>
  )
}

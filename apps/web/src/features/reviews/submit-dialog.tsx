/** Handing in a review: whether it is whole, and what is said before it is too late. */
import type { ReviewDetail } from '@pms/contract'
import { useMe } from '../../api/browser-session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { firstName } from '../../ui/names.ts'

/** Questions that need a rating and have none, in their order. */
export const missingIn = (
  { traits }: Pick<ReviewDetail, 'traits'>,
  answers: Readonly<Record<string, { rating: number | null }>>,
) =>
  traits
    .flatMap(trait => trait.questions)
    .filter(({ id, required }) => required && (answers[id]?.rating ?? null) === null)

interface Props {
  review: ReviewDetail
  onClose: () => void
  onSubmit: () => void
}

export function SubmitDialog({ review, onClose, onSubmit }: Props) {
  const me = useMe()
  return (
    <Dialog
      open
      onClose={onClose}
      title="Submit this review?"
      description={`${whoReads(review, me.id)} You cannot change it after that, unless HR opens it again.`}
    >
      <div className="mt-5 flex justify-end gap-2 max-sm:*:flex-1">
        <Button onClick={onClose}>Go on writing</Button>
        <Button variant="primary" onClick={onSubmit}>
          Submit
        </Button>
      </div>
    </Dialog>
  )
}

/** Who reads it once it is submitted, said before it is too late. */
function whoReads({ kind, reviewee }: ReviewDetail, meId: string): string {
  if (kind === 'self') return 'Your supervisor and HR can read it then.'
  const name = firstName(reviewee.name)
  if (kind === 'supervisor') return `${reviewee.id === meId ? 'You' : name} and HR can read it then.`
  return `${name}’s supervisor and HR can read it then. ${name} sees only what peers say together, without names.`
}

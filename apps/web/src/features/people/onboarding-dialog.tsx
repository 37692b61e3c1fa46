/** Makes another link for somebody who has set no password yet. */
import type { OnboardingLink, UserProfile } from '@pms/contract'
import { useMutation } from '@tanstack/react-query'
import { sentenceOf } from '../../api/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/messages.tsx'
import { firstName } from '../../ui/names.ts'
import { renewOnboarding } from './actions.ts'
import { OnboardingLinkBox } from './onboarding-link.tsx'

export function OnboardingDialog({ person, onClose }: { person: UserProfile; onClose: () => void }) {
  const renew = useMutation<OnboardingLink>({ mutationFn: () => renewOnboarding(person.id) })
  const name = firstName(person.name)
  return (
    <Dialog
      open
      onClose={onClose}
      title={renew.data ? `Link for ${person.name}` : `New link for ${person.name}?`}
      description={
        renew.data
          ? undefined
          : `${name} has not set a password yet. The link that was sent before is good no more.`
      }
    >
      <div className="mt-4 space-y-4">
        {renew.error && <Notice>{sentenceOf(renew.error)}</Notice>}
        {renew.data && <OnboardingLinkBox link={renew.data} name={name} />}
        <div className="flex justify-end gap-2 pt-1 max-sm:*:flex-1">
          <Button onClick={onClose}>{renew.data ? 'Done' : 'Cancel'}</Button>
          {!renew.data && (
            <Button variant="primary" busy={renew.isPending} onClick={() => renew.mutate()}>
              Make a new link
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  )
}

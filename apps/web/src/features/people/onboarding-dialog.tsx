/** Makes another link to set a password, for somebody who has not set one yet or forgot it. */
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
      title={
        renew.data
          ? `Link for ${person.name}`
          : person.onboarded
            ? `Reset the password of ${person.name}?`
            : `New link for ${person.name}?`
      }
      description={
        renew.data
          ? undefined
          : person.onboarded
            ? `With the link ${name} sets another password, and is signed out everywhere else. Until then the old one stays good.`
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
              {person.onboarded ? 'Make a link' : 'Make a new link'}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  )
}

/** The link by which somebody new sets a password: shown once, to be passed on. */
import type { OnboardingLink } from '@pms/contract'
import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { longDay } from '../../ui/dates.ts'
import { Input } from '../../ui/field.tsx'

export function OnboardingLinkBox({ link, name }: { link: OnboardingLink; name: string }) {
  const [copied, setCopied] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  if (link.path === null)
    return (
      <p className="text-sm text-muted">
        The link was shown already. Make a new one on the person’s page if it is lost.
      </p>
    )
  const address = location.origin + link.path

  async function copy() {
    input.current?.select()
    try {
      await navigator.clipboard.writeText(address)
      setCopied(true)
    } catch {
      // The browser does not allow it: the link is selected, to be copied by hand.
      setCopied(false)
    }
  }

  return (
    <div>
      <div className="flex gap-2">
        <Input
          ref={input}
          readOnly
          value={address}
          aria-label={`Link for ${name}`}
          onFocus={event => event.currentTarget.select()}
          className="min-w-0 flex-1 text-sm!"
        />
        <Button
          variant="primary"
          onClick={() => void copy()}
          icon={
            copied ? (
              <Check aria-hidden="true" className="size-4" />
            ) : (
              <Copy aria-hidden="true" className="size-4" />
            )
          }
          className="h-9 touch:h-11"
        >
          <span role="status">{copied ? 'Copied' : 'Copy'}</span>
        </Button>
      </div>
      <p className="mt-1.5 text-sm text-muted text-pretty">
        Good once, until {longDay(link.expires_at.slice(0, 10))}. Send it to {name} in a way that only {name}{' '}
        can read: whoever opens it sets the password.
      </p>
    </div>
  )
}

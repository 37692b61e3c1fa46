/** The new key, said this once. */
import type { NewApiKey } from '@pms/contract'
import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Input } from '../../ui/field.tsx'

export function TheKey({ made, onClose }: { made: NewApiKey; onClose: () => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState<'no' | 'yes' | 'by hand'>('no')

  async function copy() {
    input.current?.select()
    try {
      await navigator.clipboard.writeText(made.key ?? '')
      setCopied('yes')
    } catch {
      // Not every browser lets a page write there; what is selected can be copied by hand.
      setCopied('by hand')
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`The key of ${made.name}`}
      description="Copy it now: it is shown this once and kept nowhere. Who has it can call as this system."
      initialFocus={input}
    >
      <div className="mt-4 flex gap-2">
        <Input
          ref={input}
          readOnly
          aria-label="API key"
          value={made.key ?? ''}
          onFocus={event => event.target.select()}
          className="min-w-0 flex-1 font-mono text-sm"
        />
        <Button
          variant="primary"
          className="h-9"
          icon={
            copied === 'yes' ? (
              <Check aria-hidden="true" className="size-4" />
            ) : (
              <Copy aria-hidden="true" className="size-4" />
            )
          }
          onClick={() => void copy()}
        >
          {copied === 'yes' ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p role="status" className="mt-2 min-h-5 text-sm text-muted">
        {copied === 'yes' && 'It is in the clipboard.'}
        {copied === 'by hand' && 'Press Ctrl or ⌘ and C to copy what is selected.'}
      </p>
      <p className="mt-2 text-sm text-muted">
        It is sent as <code className="text-ink">Authorization: Bearer …</code> with{' '}
        <code className="text-ink">POST /api/notifications</code>.
      </p>
      <div className="mt-4 flex justify-end">
        <Button onClick={onClose}>Done</Button>
      </div>
    </Dialog>
  )
}

/** Keys by which other systems call: who made them, whether they are used, and an end to them. */
import type { ApiKey, NewApiKey } from '@pms/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { Button } from '../../ui/button.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Empty } from '../../ui/messages.tsx'
import { NameFor } from '../../ui/names.ts'
import { PagedList } from '../../ui/paged-list.tsx'
import { Pill, type Tone } from '../../ui/pill.tsx'
import { Dot, RowLine } from '../../ui/row.tsx'
import { Ago } from '../../ui/time.tsx'
import { useRevokeKey } from './actions.ts'
import { KeysHead } from './keys-head.tsx'
import { NewKeyDialog } from './new-key-dialog.tsx'
import { ForKeepers } from './no-access.tsx'
import { keysQuery } from './queries.ts'
import { TheKey } from './the-key.tsx'

export function KeysPage() {
  const [asking, setAsking] = useState(false)
  const [made, setMade] = useState<NewApiKey | null>(null)
  const me = useMe()
  const create = (
    <Button variant="primary" onClick={() => setAsking(true)}>
      <Plus aria-hidden="true" className="-ml-0.5 size-4" />
      New key
    </Button>
  )
  return (
    <>
      <KeysHead current="keys" actions={me.permissions.includes('keys.manage') && create} />
      <ForKeepers>
        <Keys empty={create} />
      </ForKeepers>
      {asking && <NewKeyDialog onMade={setMade} onClose={() => setAsking(false)} />}
      {made && <TheKey made={made} onClose={() => setMade(null)} />}
    </>
  )
}

function Keys({ empty }: { empty: ReactNode }) {
  const query = useInfiniteQuery({
    ...keysQuery,
    // A key is used without anybody being told: whoever comes back to the page sees when.
    staleTime: 0,
  })
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const revoke = useRevokeKey()
  return (
    <>
      <PagedList
        query={query}
        names={['key', 'keys']}
        empty={
          <Empty icon={KeyRound} title="No keys yet" action={empty}>
            With a key another system of the organisation, such as payroll, tells people something in their
            inbox.
          </Empty>
        }
      >
        {key => <KeyRow key={key.id} of={key} onRevoke={() => setRevoking(key)} />}
      </PagedList>
      {revoking && (
        <DialogForm
          title={`Revoke the key of ${revoking.name}?`}
          description="From its next call on the system is refused. A revoked key cannot be brought back: it needs a new one."
          confirm="Revoke key"
          variant="danger"
          onConfirm={() => revoke.mutateAsync(revoking.id)}
          onClose={() => setRevoking(null)}
        />
      )}
    </>
  )
}

const STATES: Record<ApiKey['status'], { tone: Tone; word: string }> = {
  active: { tone: 'active', word: 'Active' },
  expired: { tone: 'overdue', word: 'Expired' },
  revoked: { tone: 'neutral', word: 'Revoked' },
}

function KeyRow({ of: key, onRevoke }: { of: ApiKey; onRevoke: () => void }) {
  const me = useMe()
  const { tone, word } = STATES[key.status]
  return (
    <li className="flex min-h-16 items-center gap-3 px-4 py-2.5 sm:gap-5 sm:px-6">
      <KeyRound aria-hidden="true" className="size-4 shrink-0 text-subtle" />
      <div className="min-w-0 flex-1 sm:-ml-2">
        <p className="truncate text-base font-medium">{key.name}</p>
        <RowLine>
          <span className="truncate">
            {key.last_used_at ? (
              <>
                used <Ago at={key.last_used_at} />
              </>
            ) : (
              'never used'
            )}
          </span>
          <span className="contents max-sm:hidden">
            <Dot />
            <span className="truncate">
              {key.revoked_by && key.revoked_at ? (
                <>
                  revoked by {key.revoked_by.id === me.id ? 'you' : key.revoked_by.name}{' '}
                  <Ago at={key.revoked_at} />
                </>
              ) : (
                <>
                  {NameFor(key.created_by, me.id)} made it <Ago at={key.created_at} />
                </>
              )}
            </span>
          </span>
          {key.status === 'active' && key.expires_at && (
            <span className="contents max-sm:hidden">
              <Dot />
              <span className="shrink-0">
                ends <time dateTime={key.expires_at}>{key.expires_at.slice(0, 10)}</time>
              </span>
            </span>
          )}
        </RowLine>
      </div>
      <Pill tone={tone}>{word}</Pill>
      <span className="flex w-20 shrink-0 justify-end touch:w-24">
        {key.allowed_actions.includes('revoke') && (
          <Button onClick={onRevoke} aria-label={`Revoke the key of ${key.name}`}>
            Revoke
          </Button>
        )}
      </span>
    </li>
  )
}

/** A cycle being prepared, and one being changed. */
import type { PersonRef, ReviewCycleDetail } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { FormFrame } from '../../ui/form-frame.tsx'
import { Empty } from '../../ui/messages.tsx'
import { ThingFrame } from '../../ui/thing-frame.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { canCycle, useCreateCycle, useCycleDeed } from './actions.ts'
import { bodyOf, changesTo, draftOf, emptyDraft } from './cycle-draft.ts'
import { CycleForm } from './cycle-form.tsx'
import { CYCLES } from './cycle-page.tsx'
import { chosenQuery, cycleDetailQuery } from './queries.ts'

const route = getRouteApi('/app/reviews/cycles/$cycleId/edit')

export function NewCyclePage() {
  const me = useMe()
  return (
    <>
      <BackLink {...CYCLES} />
      {me.permissions.includes('reviews.manage') ? (
        <NewCycle meId={me.id} />
      ) : (
        <FormFrame title="New review cycle" lead="">
          <Empty
            icon={Lock}
            title="Review cycles are prepared by HR"
            action={
              <Link to="/reviews/cycles" className={buttonClass('secondary')}>
                Go to cycles
              </Link>
            }
          />
        </FormFrame>
      )}
    </>
  )
}

function NewCycle({ meId }: { meId: string }) {
  const today = useToday()
  const navigate = useNavigate()
  const create = useCreateCycle()
  const [initial] = useState(emptyDraft)
  const [draft, change, forget] = useDraft(`review-cycle-draft:${meId}:new`, initial)

  async function submit() {
    const { id } = await create.mutateAsync(bodyOf(draft))
    forget()
    await navigate({ to: '/reviews/cycles/$cycleId', params: { cycleId: id } })
  }

  return (
    <FormFrame
      title="New review cycle"
      lead="It stays a draft, which nobody hears of, until it is activated."
    >
      <CycleForm
        draft={draft}
        onChange={change}
        onSubmit={() => void submit().catch(() => {})}
        today={today}
        error={create.error}
      >
        <Link to="/reviews/cycles" className={buttonClass('secondary')}>
          Cancel
        </Link>
        <Button type="submit" variant="primary" busy={create.isPending}>
          Create draft
        </Button>
      </CycleForm>
    </FormFrame>
  )
}

export function EditCyclePage() {
  const { cycleId } = route.useParams()
  const cycle = useQuery(cycleDetailQuery(cycleId))
  const chosen = useQuery({
    ...chosenQuery(cycleId),
    enabled: cycle.data?.status === 'draft' && cycle.data.audience?.scope === 'people',
  })
  const needsChosen = cycle.data?.status === 'draft' && cycle.data.audience?.scope === 'people'
  const ready = !needsChosen || chosen.data !== undefined
  return (
    <ThingFrame
      name="review cycle"
      back={CYCLES}
      thing={ready ? cycle.data : undefined}
      error={cycle.error ?? chosen.error}
      retry={() => void Promise.all([cycle.refetch(), needsChosen && chosen.refetch()])}
    >
      {found =>
        canCycle(found, 'edit') ? (
          <EditCycle key={cycleId} cycle={found} people={chosen.data ?? []} />
        ) : (
          <Empty
            icon={Lock}
            title="This review cycle cannot be edited"
            action={
              <Link to="/reviews/cycles/$cycleId" params={{ cycleId }} className={buttonClass('secondary')}>
                Open cycle
              </Link>
            }
          >
            It has ended, or HR prepares it.
          </Empty>
        )
      }
    </ThingFrame>
  )
}

function EditCycle({ cycle, people }: { cycle: ReviewCycleDetail; people: readonly PersonRef[] }) {
  const me = useMe()
  const today = useToday()
  const navigate = useNavigate()
  const deed = useCycleDeed(cycle.id)
  const [before] = useState(() => draftOf(cycle, people))
  const [draft, change, forget] = useDraft(`review-cycle-draft:${me.id}:${cycle.id}:${cycle.status}`, before)
  const here = { to: '/reviews/cycles/$cycleId', params: { cycleId: cycle.id } } as const

  async function save() {
    const changes = changesTo(before, draft)
    if (changes) await deed.mutateAsync({ action: 'edit', changes })
    forget()
    await navigate(here)
  }

  return (
    <FormFrame
      title="Edit review cycle"
      lead={
        cycle.status === 'draft'
          ? 'Nobody hears of it before it is activated.'
          : 'It has begun: its name and its deadline can be changed.'
      }
    >
      <CycleForm
        draft={draft}
        before={before}
        begun={cycle.status !== 'draft'}
        onChange={change}
        onSubmit={() => void save().catch(() => {})}
        today={today}
        error={deed.error}
      >
        <Link {...here} className={buttonClass('secondary')}>
          Cancel
        </Link>
        <Button type="submit" variant="primary" busy={deed.isPending}>
          Save changes
        </Button>
      </CycleForm>
    </FormFrame>
  )
}

/** What a cycle asks, trait by trait. */
import type { ReviewCycleDetail } from '@pms/contract'
import { MessageCircleQuestion } from 'lucide-react'
import { Empty } from '../../ui/messages.tsx'

export function Questions({ cycle: { traits } }: { cycle: ReviewCycleDetail }) {
  if (traits.length === 0)
    return (
      <Empty icon={MessageCircleQuestion} title="No questions yet">
        What is asked of everybody who writes a review will be listed here.
      </Empty>
    )
  return (
    <div className="max-w-[760px] space-y-8 px-4 py-6 sm:px-6">
      {traits.map(trait => (
        <section key={trait.name} aria-label={trait.name}>
          <h2 className="mb-2 text-base font-semibold">{trait.name}</h2>
          <ul className="divide-y divide-line border-y border-line">
            {trait.questions.map(({ id, text, required }) => (
              <li key={id} className="py-2 text-base text-pretty">
                {text}
                {!required && <span className="ml-1.5 text-sm text-subtle">optional</span>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

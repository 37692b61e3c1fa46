/** A part of a page of the settings: what it is about, and what can be said about it. */
import { type ReactNode, useId } from 'react'

export const SettingsBody = ({ children }: { children: ReactNode }) => (
  <div className="mx-auto max-w-[760px] space-y-10 px-4 py-8 sm:px-8">{children}</div>
)

interface Props {
  title: string
  lead?: ReactNode
  /** Beside the title. */
  action?: ReactNode
  children: ReactNode
}

export function Section({ title, lead, action, children }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h2 id={id} className="text-lg font-semibold tracking-[-0.01em]">
            {title}
          </h2>
          {lead && <p className="mt-0.5 text-sm text-muted text-pretty">{lead}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}

/** What is switched, each with its switch. */
export const SettingRows = ({ children }: { children: ReactNode }) => (
  <ul className="divide-y divide-line border-y border-line">{children}</ul>
)

export const SettingRow = ({ name, hint, children }: { name: string; hint: string; children: ReactNode }) => (
  <li className="flex min-h-14 items-center gap-6 py-2">
    <span className="min-w-0 flex-1">
      <span className="block text-base font-medium">{name}</span>
      <span className="block text-sm text-muted text-pretty">{hint}</span>
    </span>
    {children}
  </li>
)

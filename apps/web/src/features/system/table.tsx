/** A table that becomes a list of cards on a phone: there each cell says what it is. */
import type { ReactNode } from 'react'
import { cx } from '../../ui/cx.ts'

interface Props {
  title: string
  id: string
  columns: readonly string[]
  children: ReactNode
}

export const SystemTable = ({ title, id, columns, children }: Props) => (
  <section aria-labelledby={id} className="mt-10">
    <h2 id={id} className="text-lg font-semibold tracking-[-0.01em]">
      {title}
    </h2>
    <table aria-labelledby={id} className="mt-3 w-full border-collapse text-sm max-sm:block">
      <thead className="max-sm:sr-only">
        <tr className="border-b border-line text-muted">
          {columns.map((column, n) => (
            <th
              key={column}
              scope="col"
              className={cx('py-2 pr-4 text-left font-normal last:pr-0', n > 2 && 'sm:text-right')}
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-sm:block">{children}</tbody>
    </table>
  </section>
)

export const Line = ({ children }: { children: ReactNode }) => (
  <tr className="border-b border-line align-top max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-2 max-sm:py-3">
    {children}
  </tr>
)

/** What the line is about. */
export const Name = ({ children }: { children: ReactNode }) => (
  <th scope="row" className="py-2.5 pr-4 text-left font-medium break-words max-sm:col-span-2 max-sm:py-0">
    {children}
  </th>
)

interface CellProps {
  label: string
  /** A number, or something as short: at the right where columns stand beside each other. */
  short?: boolean
  children: ReactNode
}

export const Cell = ({ label, short = false, children }: CellProps) => (
  <td
    className={cx(
      'py-2.5 pr-4 tabular-nums last:pr-0 max-sm:min-w-0 max-sm:py-0 max-sm:break-words',
      short && 'sm:text-right',
    )}
  >
    <span aria-hidden="true" className="block text-xs text-muted sm:hidden">
      {label}
    </span>
    {children}
  </td>
)

/** Files of a report, to be downloaded; and the line that a file is, wherever it is shown. */
import type { Attachment } from '@pms/contract'
import { Download, File, FileArchive, FileImage, FileSpreadsheet, FileText, Presentation } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../../ui/cx.ts'
import { fileSize } from '../../ui/words.ts'
import { kindOf } from './file-kinds.ts'

const ICONS = {
  document: FileText,
  sheet: FileSpreadsheet,
  slides: Presentation,
  image: FileImage,
  archive: FileArchive,
}

export function FileList({ files, label }: { files: readonly Attachment[]; label: string }) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-md border border-line">
      {files.map(({ id, name, size }) => (
        <li key={id}>
          <a
            href={`/api/attachments/${id}/content`}
            download={name}
            className="group flex min-h-11 items-center rounded-md pr-3 transition-colors hover:bg-hover"
          >
            <FileLine name={name} note={fileSize(size)} />
            <Download aria-hidden="true" className="size-4 shrink-0 text-subtle group-hover:text-ink" />
            <span className="sr-only">Download</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

interface LineProps {
  name: string
  note: ReactNode
  bad?: boolean
  children?: ReactNode
}

export function FileLine({ name, note, bad = false, children }: LineProps) {
  const kind = kindOf(name)
  const Icon = kind ? ICONS[kind] : File
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2.5 py-2 pl-3 text-sm">
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" strokeWidth={1.75} />
      <span className="min-w-0 flex-1">
        <span className="flex min-w-0 items-baseline gap-2">
          <span className="truncate">{name}</span>
          <span className={cx('shrink-0 text-xs tabular-nums', bad ? 'text-danger-text' : 'text-muted')}>
            {note}
          </span>
        </span>
        {children}
      </span>
    </span>
  )
}

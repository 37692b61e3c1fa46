/** Files that go with a report: chosen or dropped here, sent at once, each with how far it is. */
import type { Attachment } from '@pms/contract'
import { Paperclip, X } from 'lucide-react'
import { type DragEvent, useId, useState } from 'react'
import { buttonClass, IconButton } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { fileSize } from '../../ui/words.ts'
import { ACCEPTED, limitsInWords } from './file-kinds.ts'
import { FileLine } from './file-list.tsx'
import type { Upload, useUploads } from './use-uploads.ts'

interface Props {
  files: readonly Attachment[]
  uploads: ReturnType<typeof useUploads>
  error: string | undefined
}

export function FilesField({ files, uploads, error }: Props) {
  const id = useId()
  const [over, setOver] = useState(false)
  const isFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  function onDrop(event: DragEvent) {
    if (!isFiles(event)) return
    event.preventDefault()
    setOver(false)
    uploads.add([...event.dataTransfer.files])
  }
  return (
    <fieldset
      aria-describedby={`${id}-note`}
      onDragOver={event => {
        if (!isFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <legend className="mb-1.5 flex items-baseline gap-1.5 text-sm font-medium">
        Files <span className="font-normal text-subtle">optional</span>
      </legend>
      {(files.length > 0 || uploads.uploads.length > 0) && (
        <ul aria-label="Files" className="mb-2 divide-y divide-line rounded-md border border-line">
          {files.map(file => (
            <li key={file.id} className="flex min-h-10 items-center pr-1">
              <FileLine name={file.name} note={fileSize(file.size)} />
              <IconButton label={`Remove ${file.name}`} onClick={() => uploads.takeBack(file.id)}>
                <X aria-hidden="true" className="size-4" />
              </IconButton>
            </li>
          ))}
          {uploads.uploads.map(one => (
            <UnderWay key={one.key} upload={one} onForget={() => uploads.forget(one.key)} />
          ))}
        </ul>
      )}
      <div
        className={cx(
          'flex items-center gap-3 rounded-md border border-dashed px-3 py-3 transition-colors max-sm:flex-col max-sm:items-stretch',
          over ? 'border-accent bg-accent-soft' : 'border-line-strong',
        )}
      >
        <label
          className={buttonClass(
            'secondary',
            'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent cursor-pointer',
          )}
        >
          <Paperclip aria-hidden="true" className="size-3.5" />
          Choose files
          <input
            type="file"
            multiple
            accept={ACCEPTED}
            aria-describedby={`${id}-note`}
            className="sr-only"
            onChange={event => {
              uploads.add([...(event.target.files ?? [])])
              // The same file may be chosen again after it was removed.
              event.target.value = ''
            }}
          />
        </label>
        <p id={`${id}-note`} className={cx('text-sm', error ? 'text-danger-text' : 'text-muted')}>
          {error ?? (
            <>
              <span className="touch:hidden">Or drop them here. </span>
              {limitsInWords(uploads.maxBytes)}
            </>
          )}
        </p>
      </div>
    </fieldset>
  )
}

function UnderWay({ upload, onForget }: { upload: Upload; onForget: () => void }) {
  const { name, size, share, refusal } = upload
  const percent = Math.round(share * 100)
  return (
    <li className="flex min-h-10 items-center pr-1">
      {refusal === null ? (
        <FileLine name={name} note={`${percent}% of ${fileSize(size)}`}>
          <ProgressBar percent={percent} label={`Uploading ${name}`} className="mt-1.5" />
        </FileLine>
      ) : (
        <span role="alert" className="flex min-w-0 flex-1">
          <FileLine name={name} note={refusal} bad />
        </span>
      )}
      <IconButton label={refusal === null ? `Stop ${name}` : `Dismiss ${name}`} onClick={onForget}>
        <X aria-hidden="true" className="size-4" />
      </IconButton>
    </li>
  )
}

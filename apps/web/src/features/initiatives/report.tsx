/** What was reported, and the files that came with it. */
import type { InitiativeDetail } from '@pms/contract'
import { Prose } from '../../ui/article.tsx'
import { Ago } from '../../ui/time.tsx'
import { FileList } from './file-list.tsx'

export function Report({ initiative }: { initiative: InitiativeDetail }) {
  const { report, attachments, submitted_at } = initiative
  if (!report) return null
  return (
    <section aria-labelledby="report">
      <h2 id="report" className="mb-3 flex items-baseline gap-2 text-base font-semibold">
        Report
        {submitted_at && (
          <span className="text-sm font-normal text-subtle">
            <Ago at={submitted_at} />
          </span>
        )}
      </h2>
      <Prose>{report}</Prose>
      {attachments.length > 0 && (
        <div className="mt-4">
          <FileList files={attachments} label="Files of the report" />
        </div>
      )}
    </section>
  )
}

/** The report on what was done, with its files; or why there is nothing to submit now. */
import type { Attachment, InitiativeDetail } from '@pms/contract'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Field, Textarea } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { FormFrame } from '../../ui/form-frame.tsx'
import { firstName } from '../../ui/names.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { Verdict } from '../../ui/verdict.tsx'
import { can, useInitiativeDeed } from './actions.ts'
import { FileList } from './file-list.tsx'
import { FilesField } from './files-field.tsx'
import { InitiativeFrame } from './initiative-frame.tsx'
import { NoLonger } from './no-longer.tsx'
import { useInitiative } from './use-initiative.ts'
import { useUploads } from './use-uploads.ts'
import { decisionOf, whyNoSubmission } from './words.ts'

const route = getRouteApi('/app/initiatives/$initiativeId/submit')

export function SubmitInitiativePage() {
  const me = useMe()
  const { initiativeId } = route.useParams()
  const { thing, partial, error, retry } = useInitiative(initiativeId)
  return (
    <InitiativeFrame initiative={partial ? undefined : thing} error={error} retry={retry}>
      {initiative =>
        can(initiative, 'submit') ? (
          <Submit key={initiativeId} initiative={initiative} />
        ) : (
          <FormFrame title="Submit report" lead={initiative.title}>
            <NoLonger initiative={initiative}>{whyNoSubmission(initiative, me.id)}</NoLonger>
          </FormFrame>
        )
      }
    </InitiativeFrame>
  )
}

interface ReportDraft {
  report: string
  files: Attachment[]
}

function Submit({ initiative }: { initiative: InitiativeDetail }) {
  const me = useMe()
  const navigate = useNavigate()
  const { id, attachments } = initiative
  const deed = useInitiativeDeed(id)
  const before: ReportDraft = { report: initiative.report ?? '', files: [] }
  const [draft, change, forget] = useDraft(`initiative-report:${me.id}:${id}`, before)
  const uploads = useUploads({
    files: draft.files,
    kept: attachments.length,
    onChange: files => change({ files }),
  })
  const here = { to: '/initiatives/$initiativeId', params: { initiativeId: id } } as const

  async function submit() {
    const attachment_ids = draft.files.map(file => file.id)
    await deed.mutateAsync({ action: 'submit', report: draft.report.trim(), attachment_ids })
    forget()
    await navigate(here)
  }

  const returned = decisionOf(initiative)
  return (
    <FormFrame
      title="Submit report"
      lead={
        me.supervisor
          ? `“${initiative.title}” goes to ${firstName(me.supervisor.name)} for review.`
          : `“${initiative.title}” is sent for review.`
      }
    >
      {initiative.feedback && returned?.event === 'returned' && (
        <div className="mb-6">
          <Verdict tone="returned" title={`${returned.actor?.name} asked for more`}>
            {initiative.feedback}
          </Verdict>
        </div>
      )}
      <Form
        problems={{
          ...(draft.report.trim() ? {} : { report: 'Say what was done.' }),
          ...(uploads.isBusy ? { attachment_ids: 'A file is still on its way.' } : {}),
        }}
        error={deed.error}
        onSubmit={() => void submit().catch(() => {})}
        buttons={
          <>
            <Link {...here} className={buttonClass('secondary')}>
              Cancel
            </Link>
            <Button type="submit" variant="primary" busy={deed.isPending}>
              Submit for review
            </Button>
          </>
        }
      >
        {errors => (
          <>
            <Field label="Report" error={errors.report}>
              {control => (
                <Textarea
                  {...control}
                  value={draft.report}
                  maxLength={10_000}
                  required
                  placeholder="What was done, what came of it, what is left"
                  className="min-h-44"
                  onChange={event => change({ report: event.target.value })}
                />
              )}
            </Field>
            {attachments.length > 0 && (
              <div>
                <p className="mb-1.5 text-sm font-medium">Sent before</p>
                <FileList files={attachments} label="Files sent before" />
              </div>
            )}
            <FilesField files={draft.files} uploads={uploads} error={errors.attachment_ids} />
          </>
        )}
      </Form>
    </FormFrame>
  )
}

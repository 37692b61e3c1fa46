/** What became of notifications, with what their types are called. The one place where they meet. */
import { TYPES } from '../features/notifications/types.ts'
import { TracePage } from '../features/system/trace-page.tsx'
import { TracesPage } from '../features/system/traces-page.tsx'

export const Traces = () => <TracesPage labels={TYPES} />

export const Trace = () => <TracePage labels={TYPES} />

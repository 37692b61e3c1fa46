/** Asking how the installation is. Nobody tells of it, so it is asked again and again while somebody looks. */
import type { SystemRange, SystemReport } from '@pms/contract'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api/client.ts'

const EVERY_MS = 4_000

export const systemQuery = (range: SystemRange) =>
  queryOptions({
    queryKey: ['system', 'report', range],
    queryFn: ({ signal }) => get<SystemReport>('/api/system', { query: { range }, signal }),
    refetchInterval: EVERY_MS,
    staleTime: EVERY_MS,
  })

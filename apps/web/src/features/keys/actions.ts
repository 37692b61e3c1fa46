/** Making keys and taking them back. */
import type { ApiKey, CreateKeyBody, NewApiKey } from '@pms/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { post, remove } from '../../api/client.ts'
import { listsChanged } from '../../api/query-client.ts'

/** The answer has the key itself, which is said once: it is kept nowhere but where it is shown. */
export function useCreateKey() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: CreateKeyBody) => post<NewApiKey>('/api/api-keys', body),
    gcTime: 0,
    onSuccess: () => void listsChanged(client, 'api_key'),
  })
}

export function useRevokeKey() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove<ApiKey>(`/api/api-keys/${encodeURIComponent(id)}`),
    onSettled: () => void listsChanged(client, 'api_key'),
  })
}

/** Making keys and taking them back; registering types and saying them otherwise. */
import type { ApiKey, CreateKeyBody, CreateTypeBody, NewApiKey, NotificationType } from '@pms/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { post, put, remove } from '../../api/client.ts'
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

export function useSaveType() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ body: { type, ...words }, isNew }: { body: CreateTypeBody; isNew: boolean }) =>
      isNew
        ? post<NotificationType>('/api/notification-types', { type, ...words })
        : put<NotificationType>(`/api/notification-types/${encodeURIComponent(type)}`, words),
    onSuccess: () => void listsChanged(client, 'notification_type'),
  })
}

/** What the signed-in person wants to hear of, and how: read wherever that matters, said in the settings. */
import type { NotificationChannels, NotificationPreferences, SetPreferencesBody } from '@pms/contract'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, put, remove } from '../api/client.ts'

const PATH = '/api/preferences'

export const preferencesQuery = queryOptions({
  queryKey: ['notification_preferences', 'all'],
  // Types that other systems register.
  meta: { follows: ['notification_type'] },
  queryFn: ({ signal }) => get<NotificationPreferences>(`${PATH}/notifications`, { signal }),
})

export type Wish =
  | { type: string; changes: Partial<NotificationChannels> }
  | { mute: { notification_id: string } }
  | { unmute: { type: string; id: string } }

function send(wish: Wish): Promise<NotificationPreferences> {
  if ('mute' in wish) return put(`${PATH}/muted-things`, wish.mute)
  if ('unmute' in wish) {
    const { type, id } = wish.unmute
    return remove(`${PATH}/muted-things/${encodeURIComponent(type)}/${encodeURIComponent(id)}`)
  }
  const body: SetPreferencesBody = { [wish.type]: wish.changes }
  return put(`${PATH}/notifications`, body)
}

/** How it will be if the server agrees. */
function foreseen(before: NotificationPreferences, wish: Wish): NotificationPreferences {
  if ('mute' in wish) return before
  if ('unmute' in wish) {
    const { type, id } = wish.unmute
    return { ...before, muted_things: before.muted_things.filter(it => it.type !== type || it.id !== id) }
  }
  return {
    ...before,
    types: before.types.map(it => (it.type === wish.type ? { ...it, ...wish.changes } : it)),
  }
}

/** Says what is wanted: shown at once, taken back if the server disagrees. */
export function useWish() {
  const client = useQueryClient()
  const { queryKey } = preferencesQuery
  return useMutation({
    mutationFn: send,
    // In the order in which they were said: each answer is all there is.
    scope: { id: 'notification-preferences' },
    async onMutate(wish) {
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData(queryKey)
      if (before) client.setQueryData(queryKey, foreseen(before, wish))
      return { before }
    },
    onError(_error, _wish, context) {
      if (context?.before) client.setQueryData(queryKey, context.before)
      void client.invalidateQueries({ queryKey })
    },
    onSuccess(preferences) {
      if (client.isMutating({ mutationKey: ['wish'] }) <= 1) client.setQueryData(queryKey, preferences)
    },
    mutationKey: ['wish'],
  })
}

/** Whether what arrives may be heard, or shown by the desktop. As long as nobody knows, it may. */
export function useWants() {
  const { data } = useQuery(preferencesQuery)
  return (channel: 'sound' | 'desktop') =>
    ({ type }: { type: string }) =>
      data?.types.find(known => known.type === type)?.[channel] ?? true
}

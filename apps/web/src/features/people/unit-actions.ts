/** Doing things to units. People show the names of their units, so they are read again as well. */
import type { CreateUnitBody, EditUnitBody, Unit } from '@pms/contract'
import { useQueryClient } from '@tanstack/react-query'
import { patch, post, remove } from '../../api/client.ts'
import { listsChanged } from '../../api/query-client.ts'

export function useUnitDeeds() {
  const client = useQueryClient()
  async function after<T>(deed: Promise<T>): Promise<T> {
    const done = await deed
    void client.invalidateQueries({ queryKey: ['user'] })
    await listsChanged(client, 'unit')
    return done
  }
  const path = (id: string) => `/api/units/${encodeURIComponent(id)}`
  return {
    add: (body: CreateUnitBody) => after(post<Unit>('/api/units', body)),
    edit: (id: string, body: EditUnitBody) => after(patch<Unit>(path(id), body)),
    remove: (id: string) => after(remove<unknown>(path(id))),
  }
}

/** Reading keys, as those who keep them see them. */
import type { ApiKey, KeyAction, KeyPage, KeyQuery, KeyScope, KeyStatus } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database.ts'
import { pageOf } from '../../paging.ts'
import type { ApiKeyTable } from './tables.ts'

/** What a key can be made to do, by the state it is in. */
const ACTIONS: Readonly<Record<KeyStatus, readonly KeyAction[]>> = {
  active: ['revoke'],
  expired: ['revoke'],
  revoked: [],
}

export function statusOf(key: Pick<ApiKeyTable, 'revoked_at' | 'expires_at'>, now: string): KeyStatus {
  if (key.revoked_at !== null) return 'revoked'
  return key.expires_at !== null && key.expires_at <= now ? 'expired' : 'active'
}

export const scopesOf = (key: Pick<ApiKeyTable, 'scopes'>): KeyScope[] => JSON.parse(key.scopes)

/** @param now decides which have expired */
export async function findKey(db: Kysely<Tables>, id: string, now: string): Promise<ApiKey | undefined> {
  const row = await withNames(db).where('api_keys.id', '=', id).executeTakeFirst()
  return row && toKey(row, now)
}

/** Newest first. */
export async function listKeys(db: Kysely<Tables>, { skip, limit }: KeyQuery, now: string): Promise<KeyPage> {
  const { total } = await db
    .selectFrom('api_keys')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await withNames(db)
    .orderBy('api_keys.created_at', 'desc')
    .orderBy('api_keys.id', 'desc')
    .limit(limit)
    .offset(skip)
    .execute()
  return pageOf(
    rows.map(row => toKey(row, now)),
    total,
    skip,
  )
}

function withNames(db: Kysely<Tables>) {
  return db
    .selectFrom('api_keys')
    .innerJoin('users as maker', 'maker.id', 'api_keys.created_by_id')
    .leftJoin('users as revoker', 'revoker.id', 'api_keys.revoked_by_id')
    .selectAll('api_keys')
    .select(['maker.name as maker_name', 'revoker.name as revoker_name'])
}

type Row = Awaited<ReturnType<ReturnType<typeof withNames>['execute']>>[number]

function toKey(row: Row, now: string): ApiKey {
  const status = statusOf(row, now)
  return {
    id: row.id,
    name: row.name,
    scopes: scopesOf(row),
    status,
    created_by: { id: row.created_by_id, name: row.maker_name },
    created_at: row.created_at,
    expires_at: row.expires_at,
    last_used_at: row.last_used_at,
    revoked_by: row.revoked_by_id === null ? null : { id: row.revoked_by_id, name: row.revoker_name ?? '' },
    revoked_at: row.revoked_at,
    allowed_actions: [...ACTIONS[status]],
  }
}

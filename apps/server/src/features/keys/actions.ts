/** Making keys and taking them back. */
import type { ApiKey, CreateKeyBody, NewApiKey } from '@pms/contract'
import { resourceChanged } from '@pms/notifier'
import { newId } from '@pms/notifier/database'
import { recordAudit } from '../../audit/record.ts'
import { assertMay, type Caller } from '../../auth/caller.ts'
import type { AppDatabase, Tx } from '../../database.ts'
import { conflict, notFound, unprocessable } from '../../http/errors.ts'
import { findKey } from './queries.ts'
import { formatKey, hashOf, newSecret } from './secret.ts'

export type KeyActions = ReturnType<typeof keyActions>

/** @param holders ids of those who keep keys */
export function keyActions(database: AppDatabase, holders: (tx: Tx) => Promise<string[]>) {
  async function record(tx: Tx, caller: Caller, id: string, action: string, detail: object): Promise<void> {
    await recordAudit(tx, { actor: caller, action, object: { type: 'api_key', id }, detail: { ...detail } })
    resourceChanged(tx, 'api_key', id, [caller.id, ...(await holders(tx))])
  }

  return {
    /** The answer is the only place where the key is ever said. */
    createKey: (caller: Caller, { name, scopes, expires_at = null }: CreateKeyBody): Promise<NewApiKey> =>
      database.transaction(async tx => {
        assertMay(caller, 'keys.manage')
        const expires = expires_at === null ? null : new Date(expires_at).toISOString()
        if (expires !== null && expires <= tx.now)
          throw unprocessable('expires_at', 'expires_at must be a time to come')
        const id = newId()
        const secret = newSecret()
        const said = { name: name.trim(), scopes, expires_at: expires }
        await tx.db
          .insertInto('api_keys')
          .values({
            ...said,
            id,
            scopes: JSON.stringify(scopes),
            hash: hashOf(secret),
            created_by_id: caller.id,
            created_at: tx.now,
            last_used_at: null,
            revoked_by_id: null,
            revoked_at: null,
          })
          .execute()
        await record(tx, caller, id, 'api_key.created', said)
        return { ...(await keyNow(tx, id)), key: formatKey(id, secret) }
      }),

    /** From the next call on it opens nothing. */
    revokeKey: (caller: Caller, id: string): Promise<ApiKey> =>
      database.transaction(async tx => {
        assertMay(caller, 'keys.manage')
        const { numUpdatedRows } = await tx.db
          .updateTable('api_keys')
          .set({ revoked_by_id: caller.id, revoked_at: tx.now })
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .executeTakeFirstOrThrow()
        const key = await findKey(tx.db, id, tx.now)
        if (!key) throw notFound('API key')
        if (numUpdatedRows === 0n)
          throw conflict(`This API key was revoked by ${key.revoked_by?.name}`, { currentStatus: key.status })
        await record(tx, caller, id, 'api_key.revoked', { name: key.name })
        return key
      }),
  }
}

async function keyNow(tx: Tx, id: string): Promise<ApiKey> {
  const key = await findKey(tx.db, id, tx.now)
  if (!key) throw new Error(`The API key ${id} is gone right after it was made`)
  return key
}

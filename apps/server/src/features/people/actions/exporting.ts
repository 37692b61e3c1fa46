/** Handing out what is held of a person: to themselves, or to who keeps their account. The trail tells of each time. */
import { recordAudit } from '../../../audit/record.ts'
import type { Caller } from '../../../auth/caller.ts'
import type { AppDatabase } from '../../../database.ts'
import { openAccount } from '../accounts.ts'

/** @returns the profile, with which the document begins */
export function openForExport(database: AppDatabase, caller: Caller, id: string) {
  return database.transaction(async tx => {
    const {
      password_hash: _hash,
      erased_at: _erased,
      ...profile
    } = await openAccount(tx, caller, id, 'export_data')
    await recordAudit(tx, { actor: caller, action: 'user.data_exported', object: { type: 'user', id } })
    return profile
  })
}

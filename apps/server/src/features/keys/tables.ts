/** Keys by which other systems of the organisation call. No key is stored, only what one is recognised by. */

export interface KeyTables {
  api_keys: ApiKeyTable
}

export interface ApiKeyTable {
  id: string
  name: string
  /** JSON list. */
  scopes: string
  /** SHA-256 of the secret part of the key, in base64url. */
  hash: string
  created_by_id: string
  created_at: string
  expires_at: string | null
  last_used_at: string | null
  revoked_by_id: string | null
  revoked_at: string | null
}

/** `GET /api/info`: what the sign-in page may know. */
import { AppInfo } from '@pms/contract'
import type { AppDatabase } from './database.ts'
import { DEMO_PASSWORD, presentDemoAccounts } from './demo/accounts.ts'
import type { Http } from './http/server.ts'

export function infoRoutes(
  api: Http,
  {
    database,
    timeZone,
    attachmentMaxBytes,
  }: { database: AppDatabase; timeZone: string; attachmentMaxBytes: number },
): void {
  api.get(
    '/api/info',
    {
      config: { public: true },
      schema: {
        tags: ['installation'],
        summary: 'What a page may know before sign-in',
        response: { 200: AppInfo },
      },
    },
    async (): Promise<AppInfo> => {
      const { any, accounts } = await presentDemoAccounts(database.db)
      return {
        time_zone: timeZone,
        attachment_max_bytes: attachmentMaxBytes,
        demo_accounts: accounts.map(account => ({ ...account })),
        ...(any ? { demo_password: DEMO_PASSWORD } : {}),
      }
    },
  )
}

/** The accounts of a demo installation, to try the product with. */
import type { AppInfo } from '@pms/contract'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/cx.ts'

type Account = AppInfo['demo_accounts'][number]

interface Props {
  accounts: readonly Account[]
  chosen: string
  onChoose: (account: Account) => void
}

export function DemoAccounts({ accounts, chosen, onChoose }: Props) {
  return (
    <section aria-labelledby="demo" className="mt-9 border-t border-line pt-6">
      <h2 id="demo" className="text-sm font-medium">
        Look around as
      </h2>
      <ul className="-mx-2 mt-2">
        {accounts.map(account => (
          <li key={account.email}>
            <button
              type="button"
              onClick={() => onChoose(account)}
              aria-pressed={account.email === chosen}
              className={cx(
                'flex w-full items-center gap-3 rounded-md px-2 py-1.5 text-left transition-colors hover:bg-hover touch:min-h-12',
                account.email === chosen && 'bg-hover',
              )}
            >
              <Avatar name={account.name} />
              <span className="min-w-0 flex-1 truncate text-sm">{account.name}</span>
              <span className="truncate text-sm text-muted">{account.description}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

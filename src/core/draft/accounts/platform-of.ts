import { AccountEntity } from '../../../db/entities/account.ts'
import { UserError } from '../../model/errors.ts'
import type { Platform } from '../../model/platform.ts'
import type { Core } from '../core.ts'

/** @throws UserError if the platform isn't set up. */
export function platformOf({ platforms }: Pick<Core, 'platforms'>, name: string): Platform {
  const platform = platforms.find((each) => each.name === name)
  if (!platform) throw new UserError('accounts_not_configured')
  return platform
}

/** @throws UserError if the account no longer exists, or its platform isn't set up. */
export async function platformOfAccount(
  core: Core,
  accountId: number | null,
): Promise<{ id: number; scopes: string[]; platform: Platform }> {
  const account = accountId === null ? null : await core.db.fork().findOne(AccountEntity, { id: accountId })
  if (!account) throw new UserError('upload_not_configured')
  const { id, scopes } = account
  return { id, scopes: scopes.split(' '), platform: platformOf(core, account.platform) }
}

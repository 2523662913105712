import { type Account, AccountEntity } from '../../../db/entities/account.ts'
import type { Access } from '../../model/access.ts'
import { UserError } from '../../model/errors.ts'
import { storedFailure } from '../../model/failure.ts'
import type { AccountCore } from '../core.ts'
import { credentialsOf, grantColumns } from './credentials.ts'
import { platformOf } from './platform-of.ts'

/** Milliseconds before its expiry at which a token is renewed: requests take a while, and clocks differ. */
const EARLY = 5 * 60_000

/**
 * Access to a linked channel. A token is renewed once for all callers, and saved. If only linking again helps, the account
 * is marked accordingly.
 */
export function accessOf(core: AccountCore, accountId: number): Access {
  return {
    async token(signal) {
      const account = await accountOf(core, accountId)
      return presentToken(core, account) ?? renewed(core, accountId, null, signal)
    },
    instead: (refused, signal) => renewed(core, accountId, refused, signal),
  }
}

/** Null if it expires soon. */
function presentToken({ sealer, clock }: AccountCore, account: Account): string | null {
  const { accessExpiresAt: end } = account
  if (end !== null && end !== undefined && end.getTime() - clock().getTime() < EARLY) return null
  return credentialsOf(sealer, account)?.accessToken ?? null
}

function renewed(
  core: AccountCore,
  id: number,
  refused: string | null,
  signal: AbortSignal,
): Promise<string> {
  return core.turns.take(`account ${id}`, async () => {
    const account = await accountOf(core, id)
    const present = presentToken(core, account)
    // It has been renewed in the meantime.
    if (present !== null && present !== refused) return present
    try {
      const opened = credentialsOf(core.sealer, account)
      if (!opened) throw new UserError('credentials_unreadable')
      const grant = await platformOf(core, account.platform).accounts.renew(opened.credentials, signal)
      // The response to a renewal doesn't always contain the scopes.
      const scopes = grant.scopes.length > 0 ? grant.scopes : account.scopes.split(' ')
      const columns = { ...grantColumns(core.sealer, account, { ...grant, scopes }), problem: null }
      await core.db.fork().nativeUpdate(AccountEntity, { id }, { ...columns, updatedAt: core.clock() })
      return grant.accessToken
    } catch (error) {
      if (needsNewLink(error)) {
        const problem = storedFailure(error)
        await core.db.fork().nativeUpdate(AccountEntity, { id }, { problem, updatedAt: core.clock() })
      }
      throw error
    }
  })
}

function needsNewLink(error: unknown): boolean {
  return error instanceof UserError && ['access_ended', 'credentials_unreadable'].includes(error.code)
}

/** @throws UserError if it has been unlinked. */
async function accountOf(core: AccountCore, id: number): Promise<Account> {
  const account = await core.db.fork().findOne(AccountEntity, { id })
  if (!account) throw new UserError('upload_not_configured')
  return account
}

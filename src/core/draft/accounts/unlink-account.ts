import { type Account, AccountEntity } from '../../../db/entities/account.ts'
import type { EntityManager } from '../../../db/types.ts'
import { recordAct } from '../audit.ts'
import type { AccountCore } from '../core.ts'
import type { AccountScope } from './accounts.ts'
import { credentialsOf } from './credentials.ts'

/** Milliseconds that the platform is given to revoke the access. */
const PATIENCE = 15_000

/**
 * Revokes the access to a channel at its platform and forgets it. Its drafts no longer have a channel.
 * @returns whether the platform has revoked it; if not, its owner has to remove it there.
 */
export async function unlinkAccount(
  core: AccountCore,
  { place, actor }: AccountScope,
  account: Account,
): Promise<boolean> {
  const revoked = await revokeAccess(core, account)
  await core.db.transaction(async (em) => {
    await removeAccount(em, account)
    const about = { place, draftId: null, actor, now: core.clock() }
    await recordAct(em, 'account_unlinked', about, { account: account.id, revoked })
  })
  return revoked
}

/** @returns whether the access has ended. If not, the reason is logged. */
export async function revokeAccess(core: AccountCore, account: Account): Promise<boolean> {
  const platform = core.platforms.find(({ name }) => name === account.platform)
  const opened = credentialsOf(core.sealer, account)
  if (!platform || !opened) return false
  try {
    await platform.accounts.revoke(opened.credentials, AbortSignal.timeout(PATIENCE))
    return true
  } catch (err) {
    core.log.warn({ account: account.id, err }, 'the access to a channel could not be revoked')
    return false
  }
}

async function removeAccount(em: EntityManager, { id, workspace, isDefault }: Account): Promise<void> {
  await em.nativeDelete(AccountEntity, { id })
  if (!isDefault) return
  const next = await em.findOne(AccountEntity, { workspace }, { orderBy: { id: 'asc' } })
  if (next) await em.nativeUpdate(AccountEntity, { id: next.id }, { isDefault: true })
}

import { type Account, AccountEntity } from '../../../db/entities/account.ts'
import type { EntityManager } from '../../../db/types.ts'
import { recordAct } from '../audit.ts'
import type { AccountCore } from '../core.ts'
import type { AccountScope } from './accounts.ts'
import { credentialsOf } from './credentials.ts'

/** Milliseconds that the platform gets to take the access back. */
const PATIENCE = 15_000

/**
 * Takes the access to a channel back at its platform and forgets it. Drafts that were meant for it are meant for none.
 * @returns whether the platform has taken it back; where it did not, it ends only when its owner removes it there.
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

/** @returns whether the access has ended. Where it has not, the log says why. */
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

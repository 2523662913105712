import { type Account, AccountEntity } from '../../../db/entities/account.ts'
import type { EntityManager } from '../../../db/types.ts'
import { UserError } from '../../model/errors.ts'
import type { Actor, Place } from '../../model/people.ts'
import { recordAct } from '../audit.ts'
import type { AccountCore } from '../core.ts'

/** Who changes a workspace's accounts, and where. */
export interface AccountScope {
  place: Place
  actor: Actor
}

/** A workspace's linked channels, the default one first. */
export function listAccounts(core: AccountCore, workspace: string): Promise<Account[]> {
  return core.db
    .fork()
    .find(AccountEntity, { workspace }, { orderBy: [{ isDefault: 'desc' }, { name: 'asc' }, { id: 'asc' }] })
}

/**
 * Finds an account by its name or by the platform's channel id.
 * @throws UserError if there is none, or if several have that name.
 */
export async function accountNamed(core: AccountCore, workspace: string, typed: string): Promise<Account> {
  const wanted = plain(typed)
  const all = await listAccounts(core, workspace)
  const byId = all.filter(({ youtubeChannelId }) => youtubeChannelId === typed.trim())
  const byName = all.filter(({ name }) => plain(name) === wanted)
  const [found, second] = byId.length > 0 ? byId : byName
  if (!found || second) throw new UserError('account_not_found', { name: typed.trim().slice(0, 100) })
  return found
}

/** The account for new drafts of a workspace; null if none is linked. */
export function defaultAccount(em: EntityManager, workspace: string): Promise<Account | null> {
  return em.findOne(AccountEntity, { workspace, isDefault: true })
}

/** @throws UserError if it has been unlinked in the meantime. */
export async function makeDefault(
  core: AccountCore,
  { place, actor }: AccountScope,
  id: number,
): Promise<void> {
  const { workspace } = place
  const now = core.clock()
  await core.db.transaction(async (em) => {
    const account = await em.findOne(AccountEntity, { id, workspace })
    if (!account) throw new UserError('account_not_found', { name: '' })
    await em.nativeUpdate(AccountEntity, { workspace, isDefault: true }, { isDefault: false })
    await em.nativeUpdate(AccountEntity, { id }, { isDefault: true, updatedAt: now })
    await recordAct(em, 'account_default', { place, draftId: null, actor, now }, { account: id })
  })
}

function plain(name: string): string {
  return name.trim().normalize('NFC').toLowerCase()
}

import { AccountEntity } from '../../../db/entities/account.ts'
import { revokeAccess } from '../../draft/accounts/unlink-account.ts'
import type { Core } from '../../draft/core.ts'
import type { Person } from './person.ts'
import { change, inDirectMessages, leftBy, query } from './traces.ts'

/**
 * Revokes a person's access grants to channels, and cancels links in progress: the grants are theirs, even if others upload
 * with them. If the platform can't be reached, the stored data is removed anyway.
 * @returns the number of removed rows.
 */
export async function removeAccountsOf(core: Core, person: Person): Promise<number> {
  const em = core.db.fork()
  const linked = leftBy(person, { id: 'linked_by_id', within: 'workspace' })
  const direct = inDirectMessages(person)
  const rows = await query(em, `select id from accounts where (${linked.sql}) or (${direct.sql})`, [
    ...linked.parameters,
    ...direct.parameters,
  ])
  for (const { id } of rows) {
    const account = await em.findOne(AccountEntity, { id: Number(id) })
    if (account) await revokeAccess(core, account)
    await em.nativeDelete(AccountEntity, { id: Number(id) })
  }
  const asked = leftBy(person, { id: 'requester_id', within: 'workspace' })
  const links = await change(
    em,
    `delete from job_history where kind = 'link' and ${asked.sql}`,
    asked.parameters,
  )
  return rows.length + links
}

import { existsSync } from 'node:fs'
import { accessOf } from '../../../core/draft/accounts/access.ts'
import type { AccountCore } from '../../../core/draft/core.ts'
import { UserError } from '../../../core/model/errors.ts'
import type { CheckResult } from '../../../core/providers/check.ts'
import { openDatabase } from '../../../db/database.ts'
import { type Account, AccountEntity } from '../../../db/entities/account.ts'
import { databaseFile, type Settings } from '../config.ts'
import { sealerFor } from '../credentials-key.ts'
import { LocalTurns } from '../local/turns.ts'
import { createLogger } from '../logger.ts'
import { platformsFor } from '../platforms.ts'

/**
 * Checks for each linked channel whether its access can be read, renewed and used. One line each.
 * @param patience milliseconds per channel.
 */
export async function accountChecks(
  settings: Settings,
  patience: number,
): Promise<(() => Promise<CheckResult>)[]> {
  const file = databaseFile(settings)
  if (!existsSync(file)) return []
  return (await accountsIn(file)).map((account) => () => check(settings, file, account, patience))
}

/** Empty if the database can't be opened, which has its own line. */
async function accountsIn(file: string): Promise<Account[]> {
  try {
    const db = await openDatabase(file, { migrate: false })
    try {
      return await db.fork().find(AccountEntity, {}, { orderBy: { id: 'asc' } })
    } finally {
      await db.close()
    }
  } catch {
    return []
  }
}

async function check(
  settings: Settings,
  file: string,
  { id, name, workspace, platform: platformName }: Account,
  patience: number,
): Promise<CheckResult> {
  const subject = `The channel “${name}” of ${workspace}`
  const clock = () => new Date()
  const db = await openDatabase(file, { migrate: false })
  const core: AccountCore = {
    ...{ db, clock, turns: new LocalTurns(), log: createLogger({ LOG_LEVEL: 'silent' }) },
    ...{ platforms: platformsFor(settings, clock), sealer: sealerFor(settings) },
  }
  try {
    const platform = core.platforms.find((each) => each.name === platformName)
    if (!platform) throw new UserError('accounts_not_configured')
    const signal = AbortSignal.timeout(patience)
    await platform.accounts.channelOf(accessOf(core, id), signal)
    return { ok: true, sentence: `${subject} is linked, and Google accepts the access.` }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { ok: false, sentence: `${subject}: ${reason}` }
  } finally {
    await db.close()
  }
}

import { existsSync } from 'node:fs'
import {
  type AccountScope,
  accountNamed,
  listAccounts,
  makeDefault,
} from '../../../core/draft/accounts/accounts.ts'
import { channelOfGrant, saveAccount } from '../../../core/draft/accounts/link-account.ts'
import { unlinkAccount } from '../../../core/draft/accounts/unlink-account.ts'
import type { AccountCore } from '../../../core/draft/core.ts'
import { makeFolder } from '../../../core/media/store/make-folder.ts'
import { UserError } from '../../../core/model/errors.ts'
import { readFailure } from '../../../core/model/failure.ts'
import { openDatabase } from '../../../db/database.ts'
import { type Account, AccountEntity } from '../../../db/entities/account.ts'
import { databaseFile, loadSettings, type Settings } from '../config.ts'
import { sealerFor } from '../credentials-key.ts'
import { LocalTurns } from '../local/turns.ts'
import { createLogger } from '../logger.ts'
import { platformsFor } from '../platforms.ts'
import { consentInBrowser } from './consent.ts'
import { readArguments, refuse, runTool, say } from './tool.ts'

const USAGE = `npm run account -- link youtube --workspace discord:123|slack:T123|web:local
npm run account -- list [--workspace discord:123|slack:T123]
npm run account -- unlink NAME --workspace discord:123|slack:T123
npm run account -- default NAME --workspace discord:123|slack:T123`

/** `npm run account`: links channels with a browser on this machine, and manages linked ones. The bot may be running. */
async function main(): Promise<void> {
  const asked = readArguments(USAGE, { workspace: { type: 'string' } })
  if (!asked) return
  const [verb, ...names] = asked.positionals
  const { workspace } = asked.values
  const name = names.join(' ')
  if (workspace !== undefined && !/^[a-z]{1,20}:[\w:-]{1,80}$/.test(workspace))
    refuse(USAGE, `“${workspace}” is not a workspace. Use a form such as discord:123 or slack:T123.`)
  if (verb === 'list' && name === '') return withAccounts((core) => list(core, workspace ?? null))
  if (workspace === undefined) return refuse(USAGE, 'Name the workspace with --workspace.')
  if (verb === 'link' && name === 'youtube') return withAccounts((core) => link(core, workspace))
  if (verb === 'unlink' && name !== '') return withAccounts((core) => unlink(core, workspace, name))
  if (verb === 'default' && name !== '') return withAccounts((core) => choose(core, workspace, name))
  refuse(USAGE, 'Say link youtube, list, unlink or default.')
}

async function link(core: AccountCore, workspace: string): Promise<void> {
  const [platform] = core.platforms
  if (!platform) throw new UserError('accounts_not_configured')
  const grant = await consentInBrowser(platform.accounts, (address) => {
    say('Open this address in a browser on this machine and give access to the channel:')
    say(address.href)
  })
  const channel = await channelOfGrant(core, platform.name, grant, AbortSignal.timeout(30_000))
  await saveAccount(core, scopeOf(workspace), { platform, grant, channel })
  say(`Linked “${printable(channel.title)}” to ${workspace}.`)
}

async function list(core: AccountCore, workspace: string | null): Promise<void> {
  const em = core.db.fork()
  const where = workspace === null ? {} : { workspace }
  const accounts = await em.find(AccountEntity, where, { orderBy: [{ workspace: 'asc' }, { name: 'asc' }] })
  for (const account of accounts) say(lineOf(account))
  if (accounts.length === 0) say('No channels are linked.')
}

async function unlink(core: AccountCore, workspace: string, name: string): Promise<void> {
  const account = await accountNamed(core, workspace, name)
  const isRevoked = await unlinkAccount(core, scopeOf(workspace), account)
  say(`Unlinked “${printable(account.name)}”.`)
  if (!isRevoked)
    say(
      'Google could not be asked to end the access. Its owner can do that at https://myaccount.google.com/connections',
    )
}

async function choose(core: AccountCore, workspace: string, name: string): Promise<void> {
  const account = await accountNamed(core, workspace, name)
  await makeDefault(core, scopeOf(workspace), account.id)
  const [first] = await listAccounts(core, workspace)
  say(`New drafts in ${workspace} go to “${printable(first?.name ?? '')}”.`)
}

/** The person at this machine has no name on any platform. */
function scopeOf(workspace: string): AccountScope {
  const [surface = ''] = workspace.split(':')
  return {
    place: { surface, workspace, channelId: '', threadId: null },
    actor: { id: 'host', name: 'the host' },
  }
}

function lineOf({ workspace, name, youtubeChannelId, isDefault, linkedByName, problem }: Account): string {
  const parts = [
    workspace,
    name,
    youtubeChannelId ?? '',
    isDefault ? 'default' : '',
    `linked by ${linkedByName}`,
  ]
  if (problem) parts.push(readFailure(problem).sentence)
  return printable(parts.filter((part) => part !== '').join('  '))
}

async function withAccounts(work: (core: AccountCore) => Promise<void>): Promise<void> {
  const settings = loadSettings()
  await makeFolder(settings.DATA_DIR)
  const core = await openAccounts(settings)
  try {
    await work(core)
  } finally {
    await core.db.close()
  }
}

/** The part of the program that accounts need. */
async function openAccounts(settings: Settings): Promise<AccountCore> {
  const clock = () => new Date()
  const file = databaseFile(settings)
  return {
    // A running bot has already migrated it.
    db: await openDatabase(file, { migrate: !existsSync(file) }),
    ...{ clock, turns: new LocalTurns(), log: createLogger({ LOG_LEVEL: 'error' }) },
    ...{ platforms: platformsFor(settings, clock), sealer: sealerFor(settings) },
  }
}

/** Names come from outside, so control characters aren't printed. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
}

await runTool(main)

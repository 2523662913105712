import { existsSync } from 'node:fs'
import {
  createToken,
  type ListedToken,
  listTokens,
  revokeToken,
  type TokenCore,
} from '../../../core/draft/tokens.ts'
import { makeFolder } from '../../../core/media/store/make-folder.ts'
import { openDatabase } from '../../../db/database.ts'
import { LOCAL } from '../../surfaces/web/local.ts'
import { databaseFile, loadSettings, type Settings } from '../config.ts'
import { readArguments, refuse, runTool, say } from './tool.ts'

const USAGE = `npm run token -- create --name NAME [--scopes read,write,render] [--workspace discord:123|slack:T123 [--channel ID]]
npm run token -- list [--workspace discord:123|slack:T123]
npm run token -- revoke NAME [--workspace discord:123|slack:T123]`

/**
 * `npm run token`: manages API tokens. Tokens created here act for a whole workspace; by default, for the studio on this
 * machine. The bot may be running.
 */
async function main(): Promise<void> {
  const asked = readArguments(USAGE, {
    workspace: { type: 'string' },
    channel: { type: 'string' },
    name: { type: 'string' },
    scopes: { type: 'string' },
  })
  if (!asked) return
  const { workspace, channel = '', name, scopes = 'read' } = asked.values
  const [verb, ...names] = asked.positionals
  if (workspace !== undefined && !/^[a-z]{1,20}:[\w:-]{1,80}$/.test(workspace))
    refuse(USAGE, `“${workspace}” is not a workspace. Use a form such as discord:123 or slack:T123.`)
  if (!/^[\w-]{0,100}$/.test(channel)) refuse(USAGE, `“${channel}” is not the ID of a channel.`)
  const settings = loadSettings()
  if (verb === 'list' && names.length === 0) return withTokens(settings, (core) => list(core, workspace))
  const place = placeOf(settings, workspace, channel)
  const given = name ?? names.join(' ')
  if (verb === 'create' && given !== '') {
    const wanted = { name: given, scopes: scopes.split(/[\s,]+/) }
    return withTokens(settings, (core) => create(core, place, wanted))
  }
  if (verb === 'revoke' && given !== '') return withTokens(settings, (core) => revoke(core, place, given))
  refuse(USAGE, 'Say create, list or revoke, and name the token.')
}

async function create(
  core: TokenCore,
  place: typeof LOCAL,
  wanted: { name: string; scopes: string[] },
): Promise<void> {
  const { token, made } = await createToken(
    core,
    { place, actor: HOST },
    {
      ...{ ...wanted, home: place, person: null, locale: 'en' },
    },
  )
  say(token)
  // Scripts read only the token.
  process.stderr.write(`This is the only time that “${printable(made.name)}” is shown. ${aboutOf(made)}\n`)
}

async function list(core: TokenCore, workspace: string | undefined): Promise<void> {
  const tokens = await listTokens(core, workspace)
  for (const token of tokens) say(lineOf(token))
  if (tokens.length === 0) say('There are no tokens.')
}

async function revoke(core: TokenCore, place: typeof LOCAL, name: string): Promise<void> {
  say(`“${printable(await revokeToken(core, { place, actor: HOST }, name))}” no longer works.`)
}

/** The person at this machine has no name on any platform. */
const HOST = { id: 'host', name: 'the host' }

/** Where drafts created with a token are shown. Without a chat, that is only the studio. */
function placeOf(settings: Settings, workspace: string | undefined, channelId: string): typeof LOCAL {
  if (workspace === undefined) {
    const { DISCORD_TOKEN, SLACK_BOT_TOKEN } = settings
    if (DISCORD_TOKEN !== undefined || SLACK_BOT_TOKEN !== undefined)
      refuse(USAGE, 'Name the workspace with --workspace.')
    return LOCAL
  }
  if (workspace === LOCAL.workspace) return LOCAL
  const [surface = ''] = workspace.split(':')
  return { surface, workspace, channelId, threadId: null }
}

function lineOf(token: ListedToken): string {
  const { workspace, name, lastUsedAt } = token
  const used = lastUsedAt === null ? 'never used' : `used ${dayOf(lastUsedAt)}`
  return printable([workspace, name, aboutOf(token), used].join('  '))
}

function aboutOf({ scopes, personName, createdAt }: ListedToken): string {
  const who = personName === null ? 'for the workspace' : `as ${personName || 'an erased person'}`
  return printable(`It acts ${who}: ${scopes.join(', ')}. Made ${dayOf(createdAt)}.`)
}

function dayOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

async function withTokens(settings: Settings, work: (core: TokenCore) => Promise<void>): Promise<void> {
  await makeFolder(settings.DATA_DIR)
  const file = databaseFile(settings)
  // A running bot has already migrated it.
  const db = await openDatabase(file, { migrate: !existsSync(file) })
  try {
    await work({ db, clock: () => new Date() })
  } finally {
    await db.close()
  }
}

/** Names come from outside, so control characters aren't printed. */
function printable(line: string): string {
  return line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
}

await runTool(main)

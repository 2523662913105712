import {
  type AccountScope,
  accountNamed,
  listAccounts,
  makeDefault,
} from '../../core/draft/accounts/accounts.ts'
import { beginLink, linkState, numberOfLink } from '../../core/draft/accounts/link-account.ts'
import { unlinkAccount } from '../../core/draft/accounts/unlink-account.ts'
import { UserError } from '../../core/model/errors.ts'
import { notice } from '../thread/sentences.ts'
import { accountsView, linkView } from '../view/account-messages.ts'
import type { Action } from '../view/action-id.ts'
import { failureText } from '../words/failures.ts'
import type { ACCOUNT_ACTS, CommandOptions } from './commands.ts'
import type { Bot, Request } from './request.ts'

type Act = (bot: Bot, request: Request, name: string) => Promise<void>

const ACTS: Record<(typeof ACCOUNT_ACTS)[number], Act> = {
  list: showAccounts,
  link: link,
  unlink: unlink,
  default: chooseDefault,
}

/** `/draft account`: the workspace's channels. Everything is answered privately, to a manager of the workspace. */
export async function runAccountCommand(
  bot: Bot,
  request: Request,
  { do: act = 'list', name = '' }: CommandOptions,
): Promise<void> {
  await request.reply.acknowledge()
  const run = Object.hasOwn(ACTS, String(act)) ? ACTS[act as keyof typeof ACTS] : showAccounts
  await run(bot, request, String(name))
}

async function showAccounts({ core }: Bot, { reply, words, workspace }: Request): Promise<void> {
  const accounts = await listAccounts(core, workspace)
  if (accounts.length === 0 && core.platforms.length === 0) throw new UserError('accounts_not_configured')
  await reply.privately(accountsView(accounts, words))
}

async function link({ core }: Bot, request: Request): Promise<void> {
  const { jobId, ...begun } = await beginLink(core, scopeOf(request))
  const number = await numberOfLink(core, jobId)
  await request.reply.privately(linkView(begun, number, request.words))
}

/** **Check**: the state of a link that this person has started. */
export async function checkLink({ core }: Bot, request: Request, { number }: Action): Promise<void> {
  const { words, workspace, actor, reply } = request
  await reply.acknowledge()
  const found = await linkState(core, workspace, actor.id, number)
  // On Discord this replaces the message with the code, so it contains the code again.
  if (found.state === 'waiting') return reply.privately(linkView(found, number, words, words.account.waiting))
  if (found.state === 'linked') return reply.privately(notice(words.account.linked(found.name), 'good'))
  const reason =
    found.error === null ? words.errors.link_not_found(undefined) : failureText(words, found.error)
  await reply.privately(notice(reason, 'bad'))
}

async function unlink({ core }: Bot, request: Request, name: string): Promise<void> {
  const { words, workspace, reply } = request
  const account = await accountNamed(core, workspace, name)
  const isRevoked = await unlinkAccount(core, scopeOf(request), account)
  const sentence = isRevoked ? words.account.unlinked(account.name) : words.account.unlinkedHere(account.name)
  await reply.privately(notice(sentence, 'good'))
}

async function chooseDefault({ core }: Bot, request: Request, name: string): Promise<void> {
  const account = await accountNamed(core, request.workspace, name)
  await makeDefault(core, scopeOf(request), account.id)
  await request.reply.privately(notice(request.words.account.isDefault(account.name), 'good'))
}

function scopeOf({ surface, workspace, spot, actor }: Request): AccountScope {
  return { place: { surface, workspace, ...spot }, actor }
}

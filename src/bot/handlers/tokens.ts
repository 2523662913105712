import { createToken, listTokens, revokeToken, TOKEN_SCOPES } from '../../core/draft/tokens.ts'
import { notice } from '../thread/sentences.ts'
import { newTokenView, tokensView } from '../view/token-messages.ts'
import type { CommandOptions, TOKEN_ACTS } from './commands.ts'
import type { Bot, Request } from './request.ts'

type Act = (bot: Bot, request: Request, options: CommandOptions) => Promise<void>

const ACTS: Record<(typeof TOKEN_ACTS)[number], Act> = { list, create, revoke }

/** `/draft token`: API tokens. Everything is answered privately, to a manager of the workspace. */
export async function runTokenCommand(bot: Bot, request: Request, options: CommandOptions): Promise<void> {
  await request.reply.acknowledge()
  const act = String(options.do ?? 'list')
  await (Object.hasOwn(ACTS, act) ? ACTS[act as keyof typeof ACTS] : list)(bot, request, options)
}

async function list({ core }: Bot, { reply, words, workspace }: Request): Promise<void> {
  await reply.privately(tokensView(await listTokens(core, workspace), words))
}

/** The token acts as the person, and the drafts it creates are shown in the channel where they are. */
async function create({ core, studio }: Bot, request: Request, options: CommandOptions): Promise<void> {
  const { actor, locale, words, reply } = request
  const { place } = scopeOf(request)
  const highest = [...TOKEN_SCOPES].map(String).indexOf(String(options.scope))
  const { token, made } = await createToken(core, scopeOf(request), {
    name: String(options.name ?? ''),
    // Each scope is useless without the ones before it.
    scopes: TOKEN_SCOPES.slice(0, Math.max(0, highest) + 1),
    ...{ home: { ...place, threadId: null }, person: actor, locale },
  })
  await reply.privately(newTokenView(made, token, studio.origin, words))
}

async function revoke({ core }: Bot, request: Request, { name = '' }: CommandOptions): Promise<void> {
  const revoked = await revokeToken(core, scopeOf(request), String(name))
  await request.reply.privately(notice(request.words.token.revoked(revoked), 'good'))
}

function scopeOf({ surface, workspace, spot, actor }: Request) {
  return { place: { surface, workspace, ...spot }, actor }
}

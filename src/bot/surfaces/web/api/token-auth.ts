import { TOKEN_PREFIX, tokenActorId, tokenSent } from '../../../../core/draft/tokens.ts'
import { EVERYTHING } from '../../../handlers/access.ts'
import type { Bot } from '../../../handlers/request.ts'
import { wordsFor } from '../../../words/index.ts'
import { WebError } from '../problems.ts'
import type { Authenticate, Who } from '../who.ts'

const BEARER = /^Bearer +(\S+)$/i

/**
 * Authenticates programs by token. A token may do what its creator may do according to their platform at that moment, so it
 * stops working when they leave; a token made on the host acts for the whole workspace.
 */
export function tokenAuth(bot: Bot): Authenticate {
  return async (headers) => {
    const sent = BEARER.exec(headers.get('authorization') ?? '')?.[1]
    // A proxy in front of the bot may use its own scheme.
    if (!sent?.startsWith(TOKEN_PREFIX)) return null
    const token = await tokenSent(bot.core, sent)
    if (!token) throw new WebError(401, 'token_ended', 'There is no such token, or it was revoked.')
    const id = tokenActorId(token.id)
    const { surface, workspace, channelId, personId, personName, name } = token
    const locale = headers.get('accept-language')?.split(/[,;]/)[0]?.trim() || token.locale
    return {
      ...{ id, surface, workspace, locale, words: wordsFor(locale) },
      scopes: new Set(token.scopes),
      home: { surface, workspace, channelId, threadId: null },
      ...(personId === null ? asWorkspace(id, name) : asPerson(bot, workspace, personId, personName ?? '')),
    }
  }
}

function asPerson(bot: Bot, workspace: string, id: string, name: string): Pick<Who, 'actor' | 'access'> {
  return { actor: { id, name }, access: bot.members.access(workspace, id) }
}

function asWorkspace(id: string, name: string): Pick<Who, 'actor' | 'access' | 'isNobody'> {
  return { actor: { id, name }, access: { at: async () => EVERYTHING }, isNobody: true }
}

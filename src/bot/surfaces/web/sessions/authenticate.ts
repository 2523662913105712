import { parse } from 'hono/utils/cookie'
import { findSession } from '../../../../core/draft/sessions.ts'
import { isServed } from '../../../../core/model/served.ts'
import type { Bot } from '../../../handlers/request.ts'
import { wordsFor } from '../../../words/index.ts'
import { type Authenticate, SCOPES } from '../who.ts'

/**
 * Over https, the `__Host-` prefix makes browsers ensure that no other host and no http page has set the cookie:
 * https://www.rfc-editor.org/rfc/rfc6265#section-4.1
 */
export const COOKIE = 'rushes'

/** The cookie's name as sent. */
function cookieName(origin: string): string {
  return origin.startsWith('https:') ? `__Host-${COOKIE}` : COOKIE
}

/** Authenticates people signed in to the studio; they may do what their platform allows at that moment. */
export function signedIn(bot: Bot, origin: string): Authenticate {
  const name = cookieName(origin)
  return async (headers) => {
    const secret = parse(headers.get('cookie') ?? '', name)[name]
    if (!secret) return null
    const session = await findSession(bot.core, secret)
    if (!session || !isServed(bot.core.served, session.workspace)) return null
    const { personId, personName, surface, workspace, channelId, threadId, locale } = session
    return {
      id: `session:${session.id}`,
      actor: { id: personId, name: personName },
      ...{ surface, workspace, locale, words: wordsFor(locale) },
      access: bot.members.access(workspace, personId),
      scopes: new Set(SCOPES),
      home: { surface, workspace, channelId, threadId },
    }
  }
}

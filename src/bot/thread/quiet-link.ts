import type { Core } from '../../core/draft/core.ts'
import type { Chat, Spot } from './chat.ts'

/** The link of a message, or null on failure: a link is a convenience, and everything else is shown without it. */
export async function quietLink(
  { log }: Pick<Core, 'log'>,
  chat: Chat,
  spot: Spot,
  messageId: string,
): Promise<string | null> {
  return chat.link(spot, messageId).catch((err: unknown) => {
    log.debug({ surface: chat.surface, message: messageId, err }, 'a link to a message could not be had')
    return null
  })
}

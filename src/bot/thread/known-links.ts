import { LRUCache } from 'lru-cache'
import type { Core } from '../../core/draft/core.ts'
import type { Chat, Spot } from './chat.ts'
import { quietLink } from './quiet-link.ts'

/** Links that are remembered. */
const REMEMBERED = 5000

/** Where messages can be read, which never changes; a platform may have to be asked for each. */
export class KnownLinks {
  readonly #core: Pick<Core, 'log'>
  readonly #known = new LRUCache<string, string>({ max: REMEMBERED })

  constructor(core: Pick<Core, 'log'>) {
    this.#core = core
  }

  /** A link is a convenience: without it all else is shown, and a list must not fail because one thread is gone. */
  async of(chat: Chat, spot: Spot, messageId: string): Promise<string | null> {
    const key = [chat.surface, spot.channelId, spot.threadId, messageId].join(' ')
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const link = await quietLink(this.#core, chat, spot, messageId)
    if (link !== null) this.#known.set(key, link)
    return link
  }

  /** The same as an address of the web: a terminal has names for places, and no addresses. */
  readonly addressOf = async (chat: Chat, spot: Spot, messageId: string): Promise<string | null> => {
    const link = await this.of(chat, spot, messageId)
    return link !== null && /^https?:/.test(link) ? link : null
  }
}

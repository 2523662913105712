import { LRUCache } from 'lru-cache'
import type { Core } from '../../core/draft/core.ts'
import type { Chat, Spot } from './chat.ts'
import { quietLink } from './quiet-link.ts'

/** Maximum number of cached links. */
const REMEMBERED = 5000

/** Caches the links of messages, which never change; each may cost a call to the platform. */
export class KnownLinks {
  readonly #core: Pick<Core, 'log'>
  readonly #known = new LRUCache<string, string>({ max: REMEMBERED })

  constructor(core: Pick<Core, 'log'>) {
    this.#core = core
  }

  /**
   * Null on failure: a link is a convenience, everything else is shown without it, and a list must not fail because one
   * thread is gone.
   */
  async of(chat: Chat, spot: Spot, messageId: string): Promise<string | null> {
    const key = [chat.surface, spot.channelId, spot.threadId, messageId].join(' ')
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const link = await quietLink(this.#core, chat, spot, messageId)
    if (link !== null) this.#known.set(key, link)
    return link
  }

  /** Same, but only web addresses: a terminal has names for places, not addresses. */
  readonly addressOf = async (chat: Chat, spot: Spot, messageId: string): Promise<string | null> => {
    const link = await this.of(chat, spot, messageId)
    return link !== null && /^https?:/.test(link) ? link : null
  }
}

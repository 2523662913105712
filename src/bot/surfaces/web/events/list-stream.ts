import type { Writable } from 'node:stream'
import { LRUCache } from 'lru-cache'
import { authorize } from '../../../handlers/authorize.ts'
import type { Bot } from '../../../handlers/request.ts'
import type { Who } from '../who.ts'
import { EventStream, eventOf, type Source } from './event-stream.ts'

/** Milliseconds in which changes are gathered: lists need not follow the progress of a render step by step. */
const GATHER = 250
/** Milliseconds for which a no is believed: a platform that does not answer once says no as well. */
const REFUSED = 1500
/** Drafts of which it is remembered. */
const KEPT = 500

/** The page with the list of drafts. It is told which have changed and who is in which; never anything of a draft itself. */
export class ListStream implements Source {
  readonly stream: EventStream
  askedAt = performance.now()
  who: Who
  readonly #bot: Bot
  readonly #onClosed: () => void
  /** Not looked at yet whether they may be seen. */
  readonly #pending = new Set<string>()
  readonly #changed = new Set<string>()
  /** A draft is gone, whichever it was. */
  #isShorter = false
  /** Names by draft, whether it may be seen or not. */
  readonly #present = new Map<string, readonly string[]>()
  /** The same, of those that may be seen. */
  readonly #here = new Map<string, readonly string[]>()
  #hereTold = '{}'
  /** Whether drafts may be seen: a render announces its progress many times, to all who have a list open. */
  readonly #seen: LRUCache<string, Promise<boolean>>
  #timer: NodeJS.Timeout | null = null
  #isOver = false

  /** @param fresh milliseconds for which it is believed that a draft may be seen, or may not. */
  constructor(bot: Bot, who: Who, fresh: number, connection: Writable, onClosed: () => void) {
    this.#bot = bot
    this.#seen = new LRUCache({ max: KEPT, ttl: fresh })
    this.who = who
    this.#onClosed = onClosed
    this.stream = new EventStream(this, connection)
  }

  changed(draftId: string): void {
    this.#pending.add(draftId)
    if (this.#isOver) return
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      void this.#lookAtPending()
    }, GATHER)
  }

  /** A draft of this workspace is gone. Who was known not to see it is not told. */
  async deleted(draftId: string): Promise<void> {
    if ((await this.#seen.get(draftId)) === false) return
    this.#isShorter = true
    this.stream.wake()
  }

  /** Somebody has come to a draft's page, or has left it. */
  came(draftId: string, names: readonly string[]): void {
    if (names.length > 0) {
      this.#present.set(draftId, names)
      void this.#lookAtPresent(draftId)
      return
    }
    this.#present.delete(draftId)
    if (this.#here.delete(draftId)) this.stream.wake()
  }

  /** They are still there, and may see more or less than before. */
  renew(who: Who): void {
    this.who = who
    for (const draftId of this.#present.keys()) void this.#lookAtPresent(draftId)
  }

  next(): Uint8Array | null {
    if (this.#changed.size > 0 || this.#isShorter) {
      const ids = [...this.#changed]
      this.#changed.clear()
      this.#isShorter = false
      return eventOf('changed', JSON.stringify({ draft_ids: ids }))
    }
    const here = JSON.stringify(Object.fromEntries(this.#here))
    if (here === this.#hereTold) return null
    this.#hereTold = here
    return eventOf('here', here)
  }

  closed(): void {
    this.#isOver = true
    if (this.#timer) clearTimeout(this.#timer)
    this.#onClosed()
  }

  async #lookAtPending(): Promise<void> {
    const ids = [...this.#pending]
    this.#pending.clear()
    for (const id of ids) if (await this.#maySee(id)) this.#changed.add(id)
    this.stream.wake()
  }

  async #lookAtPresent(draftId: string): Promise<void> {
    const maySee = await this.#maySee(draftId)
    // Somebody may have come or gone meanwhile.
    const names = this.#present.get(draftId)
    if (maySee && names) this.#here.set(draftId, names)
    else this.#here.delete(draftId)
    this.stream.wake()
  }

  /** What is not known counts as no, which is asked about again soon. */
  #maySee(draftId: string): Promise<boolean> {
    const known = this.#seen.get(draftId)
    if (known) return known
    const asked = authorize(this.#bot, this.who, 'see', draftId).then(
      () => true,
      () => false,
    )
    this.#seen.set(draftId, asked)
    void asked.then((maySee) => {
      if (!maySee && this.#seen.peek(draftId) === asked)
        this.#seen.set(draftId, asked, { ttl: Math.min(REFUSED, this.#seen.ttl) })
    })
    return asked
  }
}

import type { Writable } from 'node:stream'
import { LRUCache } from 'lru-cache'
import { authorize } from '../../../handlers/authorize.ts'
import type { Bot } from '../../../handlers/request.ts'
import type { Who } from '../who.ts'
import { EventStream, eventOf, type Source } from './event-stream.ts'

/** Milliseconds for which changes are collected: lists need not follow each step of a render's progress. */
const GATHER = 250
/** Milliseconds for which a no is cached: a platform that fails to answer once also counts as a no. */
const REFUSED = 1500
/** Maximum number of drafts for which the answer is cached. */
const KEPT = 500

/**
 * The event stream of the page with the list of drafts. It says which drafts have changed and who is in which, and never
 * contains anything of a draft itself.
 */
export class ListStream implements Source {
  readonly stream: EventStream
  askedAt = performance.now()
  who: Who
  readonly #bot: Bot
  readonly #onClosed: () => void
  /** Changed drafts for which the right to see them hasn't been checked yet. */
  readonly #pending = new Set<string>()
  readonly #changed = new Set<string>()
  /** True if any draft was deleted. */
  #isShorter = false
  /** The people present in each draft, whether or not the reader may see it. */
  readonly #present = new Map<string, readonly string[]>()
  /** Same, only for drafts the reader may see. */
  readonly #here = new Map<string, readonly string[]>()
  #hereTold = '{}'
  /** Cached answers on which drafts the reader may see: a render announces its progress many times to every open list. */
  readonly #seen: LRUCache<string, Promise<boolean>>
  #timer: NodeJS.Timeout | null = null
  #isOver = false

  /** @param fresh milliseconds for which an answer is cached; a no at most `REFUSED`. */
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

  /** Call when a draft of this workspace was deleted. Readers known not to see it aren't notified. */
  async deleted(draftId: string): Promise<void> {
    if ((await this.#seen.get(draftId)) === false) return
    this.#isShorter = true
    this.stream.wake()
  }

  /** Call when someone opens or leaves a draft's page. */
  came(draftId: string, names: readonly string[]): void {
    if (names.length > 0) {
      this.#present.set(draftId, names)
      void this.#lookAtPresent(draftId)
      return
    }
    this.#present.delete(draftId)
    if (this.#here.delete(draftId)) this.stream.wake()
  }

  /** Call when the reader was checked again; they may see more or less than before. */
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
    // Someone may have come or gone in the meantime.
    const names = this.#present.get(draftId)
    if (maySee && names) this.#here.set(draftId, names)
    else this.#here.delete(draftId)
    this.stream.wake()
  }

  /** Unknown counts as no, which is checked again soon. */
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

import type { Logger } from 'pino'
import { UserError } from '../../../../core/model/errors.ts'
import type { DraftJson } from '../draft-json.ts'
import type { Who } from '../who.ts'
import { eventOf } from './event-stream.ts'
import { Snapshot } from './snapshot.ts'

/** Makes what somebody is shown of a draft. @throws UserError to those who may not see it. */
export type ShowDraft = (who: Who, draftId: string) => Promise<DraftJson>

/** Milliseconds: changes of one click are gathered, and while changes keep coming they are told no more often than this. */
const PACE = { gather: 40, between: 100, afterFailure: 2000 }
/** Moments that somebody who comes back can be told the difference to. */
const KEPT = 20

/** What a client was told last. */
export interface Told {
  id: string
  snapshot: Snapshot
}

/**
 * A draft as everybody is shown it who reads the same language and may do the same: it is made once for all of them, however many
 * they are.
 */
export class Feed {
  readonly #draftId: string
  readonly #show: ShowDraft
  readonly #log: Logger
  /** Tells the ids of this feed from those of an earlier one, and of an earlier start. */
  readonly #name = Math.random().toString(36).slice(2, 10)
  readonly #told: Told[] = []
  #serial = 0
  /** Changes that lead to the newest moment, by the one that they lead from. */
  readonly #changes = new Map<string, Uint8Array | null>()
  #whole: Uint8Array | null = null
  #timer: NodeJS.Timeout | null = null
  #making: Promise<void> | null = null
  #isStale = true
  #madeAt = 0
  /** For whom it is made; all of them are shown the same. */
  readers: () => Iterable<Who> = () => []
  /** There is something new, or somebody may not see it any more. */
  onNews: () => void = () => undefined
  onRefused: (who: Who) => void = () => undefined

  constructor(draftId: string, show: ShowDraft, log: Logger) {
    this.#draftId = draftId
    this.#show = show
    this.#log = log
  }

  get newest(): Told | undefined {
    return this.#told.at(-1)
  }

  /** What was told under an id, if that is known still. */
  toldAs(id: string): Told | null {
    return this.#told.find((each) => each.id === id) ?? null
  }

  /** What somebody has to be told who knows this; null where it is all that there is to know. */
  eventFor(known: Told | null): Uint8Array | null {
    const { newest } = this
    if (!newest || known?.id === newest.id) return null
    if (!known) {
      this.#whole ??= eventOf('draft', newest.snapshot.whole(), newest.id)
      return this.#whole
    }
    let change = this.#changes.get(known.id)
    if (change === undefined) {
      const text = newest.snapshot.since(known.snapshot)
      change = text === null ? null : eventOf('change', text, newest.id)
      this.#changes.set(known.id, change)
    }
    return change
  }

  /** The draft has changed. It is made soon where somebody reads it, and otherwise when the next one comes. */
  changed(wait = Math.max(PACE.gather, this.#madeAt + PACE.between - performance.now())): void {
    this.#isStale = true
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      const [who] = this.readers()
      if (!who || !this.#isStale || this.#making) return
      this.#make(who).then(this.onNews, (error: unknown) => {
        if (error instanceof UserError) return this.onRefused(who)
        this.#log.warn({ err: error, draft: this.#draftId }, 'a change could not be shown in the studio')
      })
    }, wait)
  }

  /** Makes sure that the newest moment is one of now. @throws UserError to those who may not see it. */
  async fresh(who: Who): Promise<void> {
    while (this.#making) await this.#making
    if (!this.#isStale) return
    await this.#make(who)
    // Those who read it already would hear nothing of it: what was due is done.
    this.onNews()
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  async #make(who: Who): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#making = promise
    this.#isStale = false
    let again: number | undefined
    try {
      const json = await this.#show(who, this.#draftId)
      const before = this.newest?.snapshot ?? null
      const snapshot = new Snapshot(json, before)
      if (!before || snapshot.since(before) !== null) this.#add(snapshot)
    } catch (error) {
      this.#isStale = true
      if (!(error instanceof UserError)) again = PACE.afterFailure
      throw error
    } finally {
      this.#madeAt = performance.now()
      this.#making = null
      resolve()
      // Something has changed meanwhile, or it is tried once more.
      if (this.#isStale) this.changed(again)
    }
  }

  #add(snapshot: Snapshot): void {
    this.#serial += 1
    this.#told.push({ id: `${this.#name}-${this.#serial}`, snapshot })
    if (this.#told.length > KEPT) this.#told.shift()
    this.#changes.clear()
    this.#whole = null
  }
}

import type { Logger } from 'pino'
import { UserError } from '../../../../core/model/errors.ts'
import type { DraftJson } from '../draft-json.ts'
import type { Who } from '../who.ts'
import { eventOf } from './event-stream.ts'
import { Snapshot } from './snapshot.ts'

/** Builds a draft's JSON for a reader. @throws UserError if they may not see it. */
export type ShowDraft = (who: Who, draftId: string) => Promise<DraftJson>

/**
 * Milliseconds: how long the changes of one click are collected, the minimum between updates while changes keep coming, and
 * the wait after a failure.
 */
const PACE = { gather: 40, between: 100, afterFailure: 2000 }
/** Number of past snapshots for which a returning reader gets only the difference. */
const KEPT = 20

/** What a client was last sent. */
export interface Told {
  id: string
  snapshot: Snapshot
}

/**
 * A draft as shown to all readers with the same language and the same rights: built once for all of them, however many they are.
 */
export class Feed {
  readonly #draftId: string
  readonly #show: ShowDraft
  readonly #log: Logger
  /** Distinguishes the ids of this feed from those of earlier feeds and earlier starts. */
  readonly #name = Math.random().toString(36).slice(2, 10)
  readonly #told: Told[] = []
  #serial = 0
  /** Change events that lead to the newest snapshot, by the id they start from. */
  readonly #changes = new Map<string, Uint8Array | null>()
  #whole: Uint8Array | null = null
  #timer: NodeJS.Timeout | null = null
  #making: Promise<void> | null = null
  #isStale = true
  #madeAt = 0
  /** The readers of this feed; all of them are shown the same. */
  readers: () => Iterable<Who> = () => []
  /** `onNews` is called when there is something new, `onRefused` when a reader may no longer see the draft. */
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

  /** What was sent under an id; null if it is no longer known. */
  toldAs(id: string): Told | null {
    return this.#told.find((each) => each.id === id) ?? null
  }

  /** The event for a client that knows this state; null if it is up to date. */
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

  /** Call when the draft has changed. It is rebuilt soon if it has readers, otherwise when the next reader comes. */
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

  /** Makes sure that the newest snapshot is current. @throws UserError if the reader may not see the draft. */
  async fresh(who: Who): Promise<void> {
    while (this.#making) await this.#making
    if (!this.#isStale) return
    await this.#make(who)
    // Current readers wouldn't be notified otherwise, because this has already done the update that was due.
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
      // Something changed in the meantime, or a failed try is repeated.
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

import type { Writable } from 'node:stream'
import type { Who } from '../who.ts'
import { EventStream, eventOf, type Source } from './event-stream.ts'
import type { Feed, Told } from './feed.ts'

/** The event stream of one draft, to one browser page or to a program that follows it. */
export class DraftStream implements Source {
  readonly stream: EventStream
  /** When the reader's identity and right to see the draft were last checked, by `performance.now()`. */
  askedAt = performance.now()
  who: Who
  #feed: Feed
  #told: Told | null
  /** The names of the people present, as JSON. */
  #here = '[]'
  #hereTold = ''
  #isDoubted = false
  readonly #onClosed: () => void

  constructor(who: Who, feed: Feed, told: Told | null, connection: Writable, onClosed: () => void) {
    this.who = who
    this.#feed = feed
    this.#told = told
    this.#onClosed = onClosed
    this.stream = new EventStream(this, connection)
  }

  get feed(): Feed {
    return this.#feed
  }

  /** The reader may see the draft and gets the feed that fits their rights. */
  show(who: Who, feed: Feed): void {
    if (feed !== this.#feed) this.#told = null
    this.who = who
    this.#feed = feed
    this.#isDoubted = false
    this.stream.wake()
  }

  here(names: string): void {
    this.#here = names
    this.stream.wake()
  }

  /** Called when the draft is gone, or the reader may no longer see it. */
  gone(): void {
    this.stream.end(eventOf('gone', '{}'))
  }

  /** True while it is uncertain whether the reader may see the draft; nothing is sent until it is certain. */
  get isDoubted(): boolean {
    return this.#isDoubted
  }

  doubt(): void {
    this.#isDoubted = true
  }

  next(): Uint8Array | null {
    if (this.#isDoubted) return null
    const event = this.#feed.eventFor(this.#told)
    if (event) {
      this.#told = this.#feed.newest ?? null
      return event
    }
    if (this.#here === this.#hereTold) return null
    this.#hereTold = this.#here
    return eventOf('here', this.#here)
  }

  closed(): void {
    this.#onClosed()
  }
}

import type { Writable } from 'node:stream'
import type { Who } from '../who.ts'
import { EventStream, eventOf, type Source } from './event-stream.ts'
import type { Feed, Told } from './feed.ts'

/** The page of one draft in one browser, or a program that follows it. */
export class DraftStream implements Source {
  readonly stream: EventStream
  /** Whether it is still the same person who may still see it was last asked then, by `performance.now()`. */
  askedAt = performance.now()
  who: Who
  #feed: Feed
  #told: Told | null
  /** The names of who is there, as JSON. */
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

  /** They may see the draft, and are shown it according to what they may do. */
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

  /** The draft is gone, or is none of theirs any more. */
  gone(): void {
    this.stream.end(eventOf('gone', '{}'))
  }

  /** Whether they may see the draft is not certain; they are told nothing until it is. */
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

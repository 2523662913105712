import { LRUCache } from 'lru-cache'

/** Places whose limits are remembered. */
const KEPT = 10_000

/** Bytes that a file may have at a place, as far as answers and refusals of the platform have told. */
export class UploadLimits {
  readonly #said = new LRUCache<string, number>({ max: KEPT })
  readonly #refused: LRUCache<string, number>

  /** @param remembered Milliseconds for which a refusal counts; 0 until the end of the process. */
  constructor(remembered = 0) {
    this.#refused = new LRUCache({ max: KEPT, ttl: remembered })
  }

  /** @param own What holds there by the platform's rules. */
  at(place: string, own: number): number {
    return Math.min(own, this.#said.get(place) ?? own, this.#refused.get(place) ?? own)
  }

  said(place: string, bytes: number): void {
    this.#said.set(place, bytes)
  }

  /** @param bytes What is tried next. */
  refused(place: string, bytes: number): void {
    this.#refused.set(place, bytes)
  }

  /** An upload has worked where none was to be expected. */
  accepted(place: string): void {
    this.#refused.delete(place)
  }
}

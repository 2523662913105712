import { LRUCache } from 'lru-cache'

/** Maximum number of places whose limits are remembered. */
const KEPT = 10_000

/** The maximum file size at a place, in bytes, as learned from the platform's responses and refusals. */
export class UploadLimits {
  readonly #said = new LRUCache<string, number>({ max: KEPT })
  readonly #refused: LRUCache<string, number>

  /** @param remembered milliseconds for which a refusal counts; 0 for as long as the process runs. */
  constructor(remembered = 0) {
    this.#refused = new LRUCache({ max: KEPT, ttl: remembered })
  }

  /** @param own the limit there by the platform's rules. */
  at(place: string, own: number): number {
    return Math.min(own, this.#said.get(place) ?? own, this.#refused.get(place) ?? own)
  }

  said(place: string, bytes: number): void {
    this.#said.set(place, bytes)
  }

  /** @param bytes the size to try next. */
  refused(place: string, bytes: number): void {
    this.#refused.set(place, bytes)
  }

  /** An upload succeeded against expectations. */
  accepted(place: string): void {
    this.#refused.delete(place)
  }
}

import { WebError } from './problems.ts'

/** Limits how many of something one caller may have open on this machine at a time. */
export class Places {
  readonly #most: number
  readonly #taken = new Map<string, number>()

  constructor(most: number) {
    this.#most = most
  }

  /**
   * @returns a function that gives the place back; calling it again does nothing. @throws WebError 429 if all places are
   * taken.
   */
  take(caller: string): () => void {
    const count = this.#taken.get(caller) ?? 0
    if (count >= this.#most)
      throw new WebError(
        429,
        'too_many_at_once',
        'Too many files are being transferred at the same time. Try again.',
        {
          retry_after: RETRY,
        },
      )
    this.#taken.set(caller, count + 1)
    let isTaken = true
    return () => {
      if (!isTaken) return
      isTaken = false
      const left = (this.#taken.get(caller) ?? 1) - 1
      if (left > 0) this.#taken.set(caller, left)
      else this.#taken.delete(caller)
    }
  }
}

/** In seconds. */
const RETRY = 5

/** The factor by which a count fades with each new item: about the last ten matter. */
const FADING = 0.9
/** Counts below this are dropped, which takes about 40 items of others. */
const FORGOTTEN = 0.01

/**
 * How much of something each key has used recently. Counts fade whenever anyone starts an item, and are dropped once faded,
 * so there are about 45 entries however many people there are.
 */
export class Fading {
  readonly #had = new Map<string, number>()

  begun(...keys: string[]): void {
    for (const [whose, had] of this.#had)
      if (had * FADING < FORGOTTEN) this.#had.delete(whose)
      else this.#had.set(whose, had * FADING)
    for (const whose of keys) this.#had.set(whose, this.had(whose) + 1)
  }

  had(whose: string): number {
    return this.#had.get(whose) ?? 0
  }

  get size(): number {
    return this.#had.size
  }
}

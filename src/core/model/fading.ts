/** Part of what somebody has had that still counts when one more has begun: about the last ten matter. */
const FADING = 0.9
/** Less than this counts as nothing; it is reached after some 40 of others. */
const FORGOTTEN = 0.01

/**
 * Who had how much of something lately. It fades each time anybody begins one, and what has faded is forgotten: so
 * it holds some 45 entries a key, however many people there are.
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

import type { Claims } from '../../../core/model/claims.ts'

/** Claims within one process. */
export class LocalClaims implements Claims {
  readonly #taken = new Set<string>()

  async take(name: string): Promise<boolean> {
    if (this.#taken.has(name)) return false
    this.#taken.add(name)
    return true
  }

  async release(name: string): Promise<void> {
    this.#taken.delete(name)
  }
}

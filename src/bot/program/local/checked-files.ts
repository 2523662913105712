import type { CheckedFiles, CheckedFootage } from '../../../core/model/checked-files.ts'

/** Files of which it is remembered what they are. */
const REMEMBERED = 5000

/** For one process, and until it ends. */
export class LocalCheckedFiles implements CheckedFiles {
  readonly #known = new Map<string, CheckedFootage>()

  async get(key: string): Promise<CheckedFootage | null> {
    return this.#known.get(key) ?? null
  }

  async set(key: string, found: CheckedFootage): Promise<void> {
    if (this.#known.size >= REMEMBERED) this.#known.clear()
    this.#known.set(key, found)
  }
}

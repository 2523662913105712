import { LRUCache } from 'lru-cache'
import type { CheckedFiles, CheckedFootage } from '../../../core/model/checked-files.ts'

/** For one process, and until it ends. */
export class LocalCheckedFiles implements CheckedFiles {
  readonly #known = new LRUCache<string, CheckedFootage>({ max: 5000 })

  async get(key: string): Promise<CheckedFootage | null> {
    return this.#known.get(key) ?? null
  }

  async set(key: string, found: CheckedFootage): Promise<void> {
    this.#known.set(key, found)
  }
}

import path from 'node:path'
import { LocalStore } from '../../src/core/media/store/local-store.ts'
import type { Store } from '../../src/core/model/store.ts'

/** Path of a store's file on this machine, for tests that create, damage or remove it behind the store's back. */
export function onDisk(store: Store, name: string): string {
  if (!(store instanceof LocalStore)) throw new Error('this store has no folder')
  return path.join(store.root, name)
}

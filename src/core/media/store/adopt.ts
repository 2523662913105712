import { rename } from 'node:fs/promises'
import { type KeyedFolder, type Store, storedName } from '../../model/store.ts'
import { hashFile } from './hash.ts'

/** Moves a finished temporary file into the store, named by its content hash, and returns the name. */
export async function adoptFile(
  store: Store,
  folder: KeyedFolder,
  temporary: string,
  extension: string,
): Promise<string> {
  const name = storedName(folder, await hashFile(temporary), extension)
  return store.put(name, (file) => rename(temporary, file))
}

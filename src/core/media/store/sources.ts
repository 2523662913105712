import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { Store } from '../../model/store.ts'

/**
 * What a render reads is either in the store and given by its name there, or a file of somebody else, such as the team's own
 * music, and given by its absolute path.
 */
type Source = string

/** Runs work on the local path of a source, which is good until it is over. */
export function withSource<T>(store: Store, source: Source, work: (file: string) => Promise<T>): Promise<T> {
  return path.isAbsolute(source) ? work(source) : store.withLocalFile(source, work)
}

/**
 * What stands for a source's content in a cache key. Within the store the name is the content; a file outside may be
 * replaced under the same name, so its size and time count.
 */
export async function contentName(source: Source): Promise<string> {
  if (!path.isAbsolute(source)) return source
  const state = await stat(source).catch(() => null)
  return `${source}:${state?.size ?? 0}:${state?.mtimeMs ?? 0}`
}

import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { Store } from '../../model/store.ts'

/**
 * A render's inputs are either in the store, identified by name, or external files, such as the team's own music,
 * identified by absolute path.
 */
type Source = string

/** Runs work with a source's local path, which is valid until it ends. */
export function withSource<T>(store: Store, source: Source, work: (file: string) => Promise<T>): Promise<T> {
  return path.isAbsolute(source) ? work(source) : store.withLocalFile(source, work)
}

/**
 * Identifies a source's content in a cache key. In the store, the name identifies the content; an external file may be
 * replaced under the same name, so its size and time count.
 */
export async function contentName(source: Source): Promise<string> {
  if (!path.isAbsolute(source)) return source
  const state = await stat(source).catch(() => null)
  return `${source}:${state?.size ?? 0}:${state?.mtimeMs ?? 0}`
}

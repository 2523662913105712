import { json } from 'node:stream/consumers'
import { z } from 'zod'
import type { Store } from '../../model/store.ts'
import type { Freed } from './evict.ts'

/**
 * Removes files that nothing in the database refers to, except those held by running work or used after `unusedSince`
 * (milliseconds). The file that says where a voice's recording is only goes with the recording.
 */
export async function discardFiles(
  store: Store,
  files: readonly string[],
  unusedSince: number,
  { dryRun = false } = {},
): Promise<Freed> {
  const freed: Freed = { files: 0, bytes: 0 }
  const remove = async (file: string) => {
    const bytes = dryRun ? await store.size(file) : await store.discard(file, unusedSince)
    if (bytes === null) return
    freed.files += 1
    freed.bytes += bytes
  }
  const media = files.filter((file) => !isNote(file))
  for (const file of media) await remove(file)
  const asGone = new Set(dryRun ? media : [])
  for (const note of files.filter(isNote)) if (!(await hasRecording(store, note, asGone))) await remove(note)
  return freed
}

function isNote(file: string): boolean {
  return file.startsWith('voices/') && file.endsWith('.json')
}

const Note = z.object({ path: z.string() })

async function hasRecording(store: Store, note: string, asGone: ReadonlySet<string>): Promise<boolean> {
  try {
    const { path } = Note.parse(await json(await store.open(note)))
    return !asGone.has(path) && (await store.has(path))
  } catch {
    // Gone or damaged, so it no longer says anything.
    return false
  }
}

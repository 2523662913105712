import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Freed } from './evict.ts'
import type { AssetStore } from './store.ts'

/**
 * Removes files that nothing in the database refers to, but for those that work under way holds or that were used after
 * `unusedSince` (milliseconds). What says of a voice where its recording is goes only with the recording.
 */
export async function discardFiles(
  store: AssetStore,
  files: readonly string[],
  unusedSince: number,
  { dryRun = false } = {},
): Promise<Freed> {
  const freed: Freed = { files: 0, bytes: 0 }
  const remove = async (file: string) => {
    const bytes = dryRun ? await store.size(file) : store.discard(file, unusedSince)
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

async function hasRecording(store: AssetStore, note: string, asGone: ReadonlySet<string>): Promise<boolean> {
  try {
    const { path } = Note.parse(JSON.parse(await readFile(store.absolute(note), 'utf8')))
    return !asGone.has(path) && (await store.has(path))
  } catch {
    // Gone or damaged: it says nothing any more.
    return false
  }
}

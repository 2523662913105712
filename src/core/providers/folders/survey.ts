import { type Unusable, type UnusableFile, unusableFile } from '../../model/unusable.ts'
import { type ListedFile, listFolder } from './list-folder.ts'

export interface Survey {
  /** Sorted by name. */
  unusable: UnusableFile[]
  lookedInto: number
  total: number
}

/**
 * Inspects the files of a folder, one after the other, for as long as the signal allows.
 * @param look returns what is wrong with a file; null for a good one. @throws ProviderError `unavailable`
 */
export async function survey(
  folder: string,
  concerns: (file: ListedFile) => boolean,
  look: (file: ListedFile, signal: AbortSignal) => Promise<Unusable | null>,
  signal: AbortSignal,
): Promise<Survey> {
  const files = (await listFolder(folder, 'folder', new AbortController().signal)).filter(concerns)
  const found: Survey = { unusable: [], lookedInto: 0, total: files.length }
  for (const file of files) {
    if (signal.aborted) break
    const why = await look(file, signal).catch((error: unknown) => {
      if (signal.aborted) return null
      throw error
    })
    if (signal.aborted) break
    found.lookedInto += 1
    if (why !== null) found.unusable.push(unusableFile(file.name, why))
  }
  return found
}

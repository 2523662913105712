import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { ProviderError } from '../../model/errors.ts'

export interface ListedFile {
  /** Absolute, spelled as on disk. */
  path: string
  /** Path relative to the folder, with slashes, in NFC (macOS keeps Hangul decomposed): the same name on every system. */
  name: string
  /** Lower case, without the dot. */
  extension: string
  /** True for a symbolic link, which may lead outside, so it is listed but not followed. */
  isLink: boolean
}

/** Deeper folders and further files are ignored; someone may have configured the root of a disk. */
const MOST = { depth: 12, files: 50_000 }

/**
 * The regular files in a folder and its sub-folders, and symbolic links, which are not followed; sorted by name. Hidden
 * files are left out.
 * @throws ProviderError `unavailable` if the folder itself can't be read; anything unreadable inside is skipped
 */
export async function listFolder(
  folder: string,
  provider: string,
  signal: AbortSignal,
): Promise<ListedFile[]> {
  const root = path.resolve(folder)
  const found: ListedFile[] = []
  const open: { place: string; depth: number }[] = [{ place: root, depth: 0 }]
  for (let next = open.pop(); next && found.length < MOST.files; next = open.pop()) {
    signal.throwIfAborted()
    const { place, depth } = next
    const entries = place === root ? await entriesOf(root, provider) : await readable(place)
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue
      const absolute = path.join(place, entry.name)
      if (entry.isDirectory() && depth < MOST.depth) open.push({ place: absolute, depth: depth + 1 })
      if (entry.isFile() || entry.isSymbolicLink()) found.push(listed(root, absolute, entry.isSymbolicLink()))
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * The names of a folder's direct sub-folders, spelled as on disk.
 * @throws ProviderError `unavailable`
 */
export async function folderNames(folder: string, provider: string): Promise<string[]> {
  const entries = await entriesOf(path.resolve(folder), provider)
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name)
}

function listed(root: string, absolute: string, isLink: boolean): ListedFile {
  return {
    path: absolute,
    name: path.relative(root, absolute).split(path.sep).join('/').normalize('NFC'),
    extension: path.extname(absolute).slice(1).toLowerCase(),
    isLink,
  }
}

async function entriesOf(place: string, provider: string): Promise<Dirent[]> {
  try {
    return await readdir(place, { withFileTypes: true })
  } catch (cause) {
    throw new ProviderError(provider, 'unavailable', `The folder “${path.basename(place)}” cannot be read.`, {
      cause,
    })
  }
}

async function readable(place: string): Promise<Dirent[]> {
  try {
    return await readdir(place, { withFileTypes: true })
  } catch {
    return []
  }
}

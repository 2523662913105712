import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { ProviderError } from '../../model/errors.ts'

export interface ListedFile {
  /** Absolute, spelled as the disk spells it. */
  path: string
  /** From the folder, with slashes, NFC (macOS keeps Hangul decomposed): the same name on every system. */
  name: string
  /** Lower case, without the dot. */
  extension: string
  /** True for a symbolic link, which may lead outside: it is only named. */
  isLink: boolean
}

/** Deeper folders, and files beyond this many, are not looked at; somebody may have named the root of a disk. */
const MOST = { depth: 12, files: 50_000 }

/**
 * The ordinary files in a folder and its sub-folders, and links, which are not followed; ordered by name. What is hidden is left
 * out.
 * @throws ProviderError `unavailable` when the folder itself cannot be read; what cannot be read inside is passed over
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
 * The names of the folders directly in a folder, spelled as the disk spells them.
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

import { createHash } from 'node:crypto'
import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { standsForItself } from '../../media/pictures/file-kind.ts'
import { type ListedFile, listFolder } from './list-folder.ts'
import { wordsOf } from './media-words.ts'
import { decodeTextFile } from './text-encoding.ts'

export interface MediaFile extends ListedFile {
  /** Made from name, size and modification time: a changed file counts as another one. */
  id: string
  /** Bytes. */
  size: number
  /** The words in the file's name and tags. */
  words: string[]
  /** The words in the names of its folders. */
  folderWords: string[]
}

export interface MediaIndex {
  /** @throws ProviderError `unavailable` */
  files(signal: AbortSignal): Promise<MediaFile[]>
  /** The file in its current state; null if it was changed or removed. */
  find(id: string, signal: AbortSignal): Promise<MediaFile | null>
}

/** How many bytes of a sidecar are read; more wouldn't be a list of tags. */
const MOST_TAGS = 64 * 1024
const AT_ONCE = 64

/** The contents of a folder, cached for `freshMs` or until the folder itself changes. */
export function mediaIndex(folder: string, provider: string, freshMs: number): MediaIndex {
  let kept: { files: Promise<MediaFile[]>; at: number; changed: number } | null = null

  async function files(signal: AbortSignal): Promise<MediaFile[]> {
    signal.throwIfAborted()
    const changed = await lstat(folder).then(
      ({ mtimeMs }) => mtimeMs,
      () => -1,
    )
    if (!kept || kept.changed !== changed || performance.now() - kept.at > freshMs) {
      // Several searches may wait for this scan; cancelling one must not end it for the others.
      const scanned = scan(folder, provider)
      const mine = { files: scanned, at: performance.now(), changed }
      kept = mine
      scanned.catch(() => {
        if (kept === mine) kept = null
      })
    }
    const found = await kept.files
    signal.throwIfAborted()
    return found
  }

  async function find(id: string, signal: AbortSignal): Promise<MediaFile | null> {
    const known = (await files(signal)).find((file) => file.id === id)
    if (known) return (await stateOf(known))?.id === id ? known : null
    kept = null
    return (await files(signal)).find((file) => file.id === id) ?? null
  }

  return { files, find }
}

async function scan(folder: string, provider: string): Promise<MediaFile[]> {
  const listed = await listFolder(folder, provider, new AbortController().signal)
  const texts = new Map(
    listed.filter(({ extension }) => extension === 'txt').map((file) => [file.name, file]),
  )
  const media = listed.filter(({ name }) => standsForItself(name))
  const found: MediaFile[] = []
  for (let start = 0; start < media.length; start += AT_ONCE) {
    const some = await Promise.all(media.slice(start, start + AT_ONCE).map((file) => describe(file, texts)))
    found.push(...some.filter((file) => file !== null))
  }
  return found
}

async function describe(file: ListedFile, texts: Map<string, ListedFile>): Promise<MediaFile | null> {
  const state = await stateOf(file)
  if (state === null) return null
  const bare = file.extension === '' ? file.name : file.name.slice(0, -file.extension.length - 1)
  const sidecars = [texts.get(`${bare}.txt`), texts.get(`${file.name}.txt`)].filter(
    (text) => text !== undefined,
  )
  const tags = await Promise.all(sidecars.map(tagsIn))
  return {
    ...file,
    ...state,
    words: wordsOf([path.posix.basename(bare), ...tags].join(' ')),
    folderWords: wordsOf(path.posix.dirname(bare)),
  }
}

/** Null if the file is gone or no longer a regular file. */
async function stateOf(file: ListedFile): Promise<{ id: string; size: number } | null> {
  const stats = await lstat(file.path).catch(() => null)
  if (!stats || (!stats.isFile() && !file.isLink)) return null
  const version = JSON.stringify([file.name, stats.size, stats.mtimeMs])
  return { id: createHash('sha256').update(version).digest('hex').slice(0, 24), size: stats.size }
}

async function tagsIn(text: ListedFile): Promise<string> {
  const stats = await lstat(text.path).catch(() => null)
  if (!stats?.isFile() || stats.size > MOST_TAGS) return ''
  return readFile(text.path).then(decodeTextFile, () => '')
}

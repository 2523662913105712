import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { LRUCache } from 'lru-cache'
import { headUnusable, nameUnusable, readHead, standsForItself } from '../../media/pictures/file-kind.ts'
import type { MusicProvider, MusicRequest, MusicTrack } from '../../model/providers.ts'
import { cleaned } from '../../model/text/clean.ts'
import { type Unusable, type UnusableFile, unusableFile } from '../../model/unusable.ts'
import { readId3 } from './id3-text.ts'
import { folderNames, type ListedFile, listFolder } from './list-folder.ts'
import { decodeTags } from './text-encoding.ts'

const NAME = 'folder'
/** In seconds; a shorter file is a jingle or broken. */
const SHORTEST = 1
/** How many files in a row may be broken before the folder counts as empty. */
const MOST_TRIES = 20
/** The number of files whose length is remembered. */
const REMEMBERED = 5000

export interface MusicFolderOptions {
  folder: string
  /** Decodes a file: seconds of audio in it, 0 if it contains none. Rejects if that can't be determined now. */
  measure(file: string, signal: AbortSignal): Promise<number>
  /** Called once for each file that turns out to be unusable. */
  onUnusable?: (file: UnusableFile) => void
}

/**
 * The team's own music: `<folder>/<mood>/…`, including sub-folders. A draft keeps its track for as long as the file
 * exists, whatever files are added, because each file is scored for each draft independently (rendezvous hashing); a new
 * file takes over only those drafts for which it scores highest. Each file is decoded once before it is used, and again
 * after it changes.
 */
export function createMusicFolder({ folder, measure, onUnusable }: MusicFolderOptions): MusicProvider {
  const measured = new LRUCache<string, number>({ max: REMEMBERED })
  const named = new LRUCache<string, true>({ max: REMEMBERED })

  /** 0 for a file that can't be used: the next file in line will do. */
  async function lengthOf({ path: file, isLink }: ListedFile, signal: AbortSignal): Promise<number> {
    if (isLink) return 0
    const state = await stat(file).catch(() => null)
    if (state === null) return 0
    const version = `${file} ${state.size} ${state.mtimeMs}`
    const known = measured.get(version)
    if (known !== undefined) return known
    const seconds = await measure(file, signal).catch(() => null)
    signal.throwIfAborted()
    if (seconds === null) return 0
    measured.set(version, seconds)
    return seconds
  }

  async function whyNot(file: ListedFile, signal: AbortSignal): Promise<Unusable | null> {
    if (file.isLink) return 'link'
    const why = nameUnusable(file.name) ?? headUnusable(await readHead(file.path))
    if (why === 'empty' || why === 'incomplete') return why
    return (await lengthOf(file, signal)) < SHORTEST ? 'silent' : null
  }

  /** The unusable files among those tried; each is reported once. */
  async function unusableAmong(tried: ListedFile[], signal: AbortSignal): Promise<UnusableFile[]> {
    const found: UnusableFile[] = []
    for (const file of tried) {
      const why = await whyNot(file, signal)
      if (why === null) continue
      const unusable = unusableFile(file.name, why)
      found.push(unusable)
      const told = `${why} ${file.path}`
      if (!named.has(told)) onUnusable?.(unusable)
      named.set(told, true)
    }
    return found
  }

  /** The files of a mood, highest score for the draft first. */
  async function inLine({ mood, seed }: MusicRequest, signal: AbortSignal): Promise<ListedFile[]> {
    const root = await moodFolder(folder, mood)
    if (root === null) return []
    const files = (await listFolder(root, NAME, signal)).filter(mayBeMusic)
    const claims = files.map((file) => ({ file, claim: claimOf(seed, mood, file.name) }))
    return claims.sort((a, b) => (a.claim < b.claim ? 1 : -1)).map(({ file }) => file)
  }

  return {
    name: NAME,
    async pick(request, signal) {
      const passedOver: ListedFile[] = []
      for (const file of (await inLine(request, signal)).slice(0, MOST_TRIES)) {
        signal.throwIfAborted()
        const length = await lengthOf(file, signal)
        if (length >= SHORTEST) {
          await unusableAmong(passedOver, signal)
          return await describe(file.path, `${request.mood}/${file.name}`, length)
        }
        passedOver.push(file)
      }
      return null
    },
    async find(id, signal) {
      const [mood = '', ...names] = id.split('/')
      const root = await moodFolder(folder, mood)
      const files = root === null ? [] : await listFolder(root, NAME, signal)
      const file = files.find(({ name }) => name === names.join('/'))
      const length = file && mayBeMusic(file) ? await lengthOf(file, signal) : 0
      return file && length >= SHORTEST ? describe(file.path, id, length) : null
    },
    async unusable(request, signal) {
      return unusableAmong((await inLine(request, signal)).slice(0, MOST_TRIES), signal)
    },
  }
}

async function moodFolder(folder: string, mood: string): Promise<string | null> {
  const named = (await folderNames(folder, NAME)).find((name) => name.normalize('NFC').toLowerCase() === mood)
  return named === undefined ? null : path.join(folder, named)
}

async function describe(file: string, id: string, length: number): Promise<MusicTrack> {
  // Large, and needed only by teams with their own music.
  const { parseFile } = await import('music-metadata')
  const tags = await parseFile(file, { skipCovers: true }).catch(() => null)
  const { title, artist, composer } = tags?.common ?? {}
  const read = [title, artist, composer?.[0]]
  const id3 = await readId3(file)
  const written = [id3.title ?? title, id3.artist ?? artist, id3.composer ?? composer?.[0]]
  const isDoubtful = !tags?.format.tagTypes?.every((type) => UTF8_TAGS.has(type))
  const [named, author, other] = isDoubtful ? decodeTags(written) : read
  return {
    provider: NAME,
    id,
    file,
    title: tidy(named) ?? path.basename(file, path.extname(file)).normalize('NFC'),
    author: tidy(author) ?? tidy(other),
    loops: false,
    length,
  }
}

/** Covers and booklets are stored next to music; the other files have to be opened to know what they are. */
export function mayBeMusic({ name }: ListedFile): boolean {
  const why = nameUnusable(name)
  return standsForItself(name) && (why === null || why === 'incomplete') && !COVERS.test(name)
}

const COVERS = /\.(jpe?g|png|gif|webp|bmp|tiff?|hei[cf]|avif)$/i
/** Tag formats that are UTF-8 by definition; all others are old enough to contain anything. */
const UTF8_TAGS = new Set(['vorbis', 'iTunes', 'matroska', 'APEv2'])

function claimOf(seed: string, mood: string, name: string): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, mood, name]))
    .digest('hex')
}

/** A tag as one line of at most 200 characters; null if it is empty. */
function tidy(tag: string | undefined): string | null {
  const line = cleaned(tag ?? '', 'tag').replaceAll(/\s+/gu, ' ')
  if (line === '') return null
  return line.length > 200 ? `${line.slice(0, 199)}…` : line
}
